package io.changeover.catalog;

import io.changeover.upcast.EventStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a later release, read from its domain jars by an application that was rolled back behind it. The jars are
 * kept apart: their classes are found there first, so those of the application stay what they are. Only the steps are
 * taken from them, which work on JSON and need no event class.
 */
public final class LaterRelease implements AutoCloseable {

    private final JarsFirst classes;
    private final EventDomains domains;

    private LaterRelease(JarsFirst classes, EventDomains domains) {
        this.classes = classes;
        this.domains = domains;
    }

    /**
     * Opens the jars. They stay open until this is closed, as steps may load classes when they first run.
     *
     * @param jars the domain jars of the later release
     * @throws IllegalArgumentException when a jar is not there, or none of them names an {@link EventDomain}
     */
    public static LaterRelease in(List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalArgumentException(
                        "'%s' must be a jar of the later release but is not there; correct the path".formatted(jar));
            }
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
        JarsFirst classes = new JarsFirst(urls.toArray(URL[]::new), EventDomain.class.getClassLoader());
        List<EventDomain> found = ServiceLoader.load(EventDomain.class, classes).stream()
                .filter(provider -> provider.type().getClassLoader() == classes)
                .map(ServiceLoader.Provider::get)
                .map(EventDomain.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "None of %s names an EventDomain in META-INF/services; give the jar that has the steps of the later release"
                            .formatted(jars));
        }
        return new LaterRelease(classes, new EventDomains(found));
    }

    /** The steps of the later release. */
    public List<EventStep> steps() {
        return domains.steps();
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks into its jars before it asks the application, for everything but the service itself. */
    private static final class JarsFirst extends URLClassLoader {

        private JarsFirst(URL[] jars, @Nullable ClassLoader application) {
            super(jars, application);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException notHere) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }
}
