package io.changeover.rebuild;

import io.changeover.event.EventType;
import io.changeover.upcast.EventSteps;
import io.changeover.view.FoldedVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/**
 * The class files that a class sees, and whose they are. Names are those of class files, with slashes.
 *
 * <p>A class is the team's own when its file lies where that of the first class does, when the first two words of its
 * package are the same, or when it lies in a folder and not in a jar. What the JDK brings is taken for the same in every
 * release of it. Every other class is a library's, this one's included: it stands for itself with its bytes and the name
 * of its jar, which holds a version, and what it calls is not looked at. Not safe for use by several threads.
 */
final class ClassFiles {

    /** Whose a class is. */
    enum Owner {
        /** The team's: its code is read. */
        TEAM,
        /** This library's. */
        OURS,
        /** Another jar's. */
        LIBRARY,
        /** The platform's. */
        JDK,
        /** Nobody's: there is no such file. */
        MISSING
    }

    /** One class of each jar of this library. */
    private static final List<Class<?>> OURS = List.of(EventType.class, EventSteps.class, FoldedVersion.class);

    private final ClassLoader loader;
    private final Set<String> ours;
    private final String home;
    private final String root;
    private final Map<String, Owner> owners = new HashMap<>();
    private final Map<String, Optional<ClassCode>> codes = new HashMap<>();

    ClassFiles(Class<?> first) {
        this.loader = Objects.requireNonNullElseGet(first.getClassLoader(), ClassLoader::getSystemClassLoader);
        String name = nameOf(first);
        this.ours = OURS.stream().map(this::locationOf).collect(Collectors.toSet());
        this.home = locationOf(first);
        this.root = root(name);
    }

    static String nameOf(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private String locationOf(Class<?> type) {
        String name = nameOf(type);
        URL url = loader.getResource(name + ".class");
        return url == null ? "" : location(url, name);
    }

    /** The first two words of the package, with a slash behind each; empty for a class without a package. */
    private static String root(String name) {
        int first = name.indexOf('/');
        int second = name.indexOf('/', first + 1);
        return name.substring(0, (second < 0 ? first : second) + 1);
    }

    private static String location(URL url, String name) {
        String text = url.toString();
        return text.substring(0, Math.max(0, text.length() - (name + ".class").length()));
    }

    Owner owner(String name) {
        return owners.computeIfAbsent(name, this::find);
    }

    private Owner find(String name) {
        if (name.startsWith("java/")) {
            return Owner.JDK;
        }
        URL url = loader.getResource(name + ".class");
        if (url == null) {
            return Owner.MISSING;
        }
        String location = location(url, name);
        if (ours.contains(location)) {
            return Owner.OURS;
        }
        if (location.equals(home) || (!root.isEmpty() && name.startsWith(root))) {
            return Owner.TEAM;
        }
        if (url.getProtocol().equals("jrt")) {
            return Owner.JDK;
        }
        return jar(location) == null ? Owner.TEAM : Owner.LIBRARY;
    }

    /** The code of a class; empty where there is no file, or one of a newer form than can be read here. */
    Optional<ClassCode> code(String name) {
        return codes.computeIfAbsent(name, this::read);
    }

    private Optional<ClassCode> read(String name) {
        if (owner(name) == Owner.MISSING) {
            return Optional.empty();
        }
        try {
            return Optional.of(CodeReader.read(new ClassReader(bytes(name))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a library's class is known by. */
    String library(String name) {
        URL url = Objects.requireNonNull(loader.getResource(name + ".class"));
        return jar(location(url, name)) + " " + Hash.of(bytes(name));
    }

    private byte[] bytes(String name) {
        try (InputStream file = Objects.requireNonNull(loader.getResourceAsStream(name + ".class"))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the jar of a location such as {@code jar:file:/lib/money-1.2.jar!/}, or null for a folder. */
    private static @Nullable String jar(String location) {
        int end = location.lastIndexOf(".jar!");
        return end < 0 ? null : location.substring(location.lastIndexOf('/', end) + 1, end + ".jar".length());
    }
}
