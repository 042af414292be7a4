package io.changeover.app.database;

import io.changeover.app.secret.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.springframework.util.FileSystemUtils;

/**
 * The unpacked programs of the server. The library's own place for them, a folder in the system's temporary folder that
 * everybody may write to, would let any user of the machine put other programs there.
 */
final class Binaries {

    private final Path folder;
    private final String version;

    Binaries(Path folder) {
        this.folder = folder;
        this.version = bundledVersion();
    }

    /** Version of the bundled programs. */
    String version() {
        return version;
    }

    /** Major version, the one that decides who can read a data folder. */
    int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    /**
     * Prepares the place for unpacking. An unpacking that was killed half-way is thrown away, because the library takes
     * each file that exists for whole. Call it only under the folder's lock.
     */
    Path prepare() throws IOException {
        if (!Files.exists(completeMark())) {
            FileSystemUtils.deleteRecursively(folder);
            OwnerOnly.createDirectory(folder);
        }
        return folder.resolve("unpacked");
    }

    /** Notes that the programs are whole, because they have run. */
    void markComplete() throws IOException {
        if (!Files.exists(completeMark())) {
            Files.createFile(completeMark());
        }
    }

    private Path completeMark() {
        return folder.resolve("complete-" + version);
    }

    private static String bundledVersion() {
        try (InputStream resource = Binaries.class.getResourceAsStream("embedded.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
