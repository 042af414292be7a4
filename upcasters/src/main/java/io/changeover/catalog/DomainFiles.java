package io.changeover.catalog;

import io.changeover.sample.Sample;
import io.changeover.sample.Samples;
import io.changeover.schema.SchemaLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of a domain, either as they are on the class path or in the folder of resources of its sources. */
public final class DomainFiles {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final String domain;
    private final ClassLoader classLoader;
    private final @Nullable Path resources;

    private DomainFiles(String domain, ClassLoader classLoader, @Nullable Path resources) {
        this.domain = domain;
        this.classLoader = classLoader;
        this.resources = resources;
    }

    /** The files as they are on the domain's class path. */
    public static DomainFiles packaged(EventDomain domain) {
        return new DomainFiles(domain.name(), domain.getClass().getClassLoader(), null);
    }

    /**
     * The files in a folder of resources, such as {@code src/main/resources}.
     *
     * @throws IllegalArgumentException when there is no such folder
     */
    public static DomainFiles in(EventDomain domain, Path resources) {
        return in(domain.name(), resources);
    }

    /**
     * As {@link #in(EventDomain, Path)}, for somebody who has been told the name of a domain and has not its classes.
     *
     * @throws IllegalArgumentException also when the name could lead out of the folder
     */
    public static DomainFiles in(String domain, Path resources) {
        if (!NAME.matcher(domain).matches()) {
            throw new IllegalArgumentException(
                    "Domain name '%s' must be lower-case words of letters and digits joined by hyphens, such as 'orders'; rename the domain"
                            .formatted(domain));
        }
        if (!Files.isDirectory(resources)) {
            throw new IllegalArgumentException(
                    "'%s' must be the folder of the domain's resources, such as src/main/resources, but is not there; correct the path"
                            .formatted(resources));
        }
        return new DomainFiles(domain, DomainFiles.class.getClassLoader(), resources);
    }

    /** The lock file; an empty lock where there is none yet. */
    public SchemaLock lock() {
        String text = read(lockPath());
        return text == null ? SchemaLock.empty(domain) : SchemaLock.parse(text);
    }

    /** All golden samples. */
    public List<Sample> samples() {
        return resources == null
                ? Samples.onClassPath(domain, classLoader)
                : Samples.in(resources.resolve(Samples.folder(domain)));
    }

    /** Writes the lock file. */
    public void write(SchemaLock lock) {
        write(lockPath(), lock.toText());
    }

    /** Writes a sample to its place; one of that name is replaced. */
    public void write(Sample sample) {
        Samples.write(sources().resolve(Samples.folder(domain)), sample);
    }

    /** Where the lock file lies among the resources. */
    public String lockPath() {
        return "changeover/%s/schemas.lock.json".formatted(domain);
    }

    private @Nullable String read(String path) {
        try {
            if (resources != null) {
                Path file = resources.resolve(path);
                return Files.isRegularFile(file) ? Files.readString(file) : null;
            }
            try (InputStream content = classLoader.getResourceAsStream(path)) {
                return content == null ? null : new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String text) {
        try {
            Path file = sources().resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path sources() {
        if (resources == null) {
            throw new IllegalStateException("files on the class path cannot be written; name the folder of resources");
        }
        return resources;
    }
}
