package io.changeover.app.database;

import io.changeover.app.start.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of the data and the files beside it. It comes into being whole, by a rename of a draft, so that whatever
 * carries its name holds data and is never deleted here.
 */
final class DataFolder {

    private static final String OTHER_FOLDER =
            "or start with another folder: --changeover.embedded.data-folder=<folder>";

    private final Path path;

    DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /** A file or folder that belongs to this folder and stands beside it. */
    Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** Whether it holds the data of a server. */
    boolean isInitialised() {
        return Files.exists(path.resolve("PG_VERSION"));
    }

    /**
     * Creates the folder's parent.
     *
     * @throws StartRefusedException when nothing can be written there
     */
    void requireWritable() {
        Path parent = path.resolveSibling("");
        try {
            Files.createDirectories(parent);
            Files.delete(Files.createTempFile(parent, path.getFileName() + ".probe", ""));
        } catch (IOException e) {
            throw notWritable(parent, e);
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw notWritable(path, null);
        }
    }

    private static StartRefusedException notWritable(Path folder, @Nullable IOException cause) {
        String problem = "Folder '%s' must be writable for the embedded database but is not.".formatted(folder);
        String remedy = "Give the user who runs the application the right to write, " + OTHER_FOLDER;
        return cause == null
                ? new StartRefusedException(problem, remedy)
                : new StartRefusedException(problem, remedy, cause);
    }

    /**
     * Refuses what must not be touched.
     *
     * @param major major version of the server that is to run on it
     * @throws StartRefusedException when something else lives there, or the data of another major version
     */
    void requireOurs(int major) throws IOException {
        if (Files.exists(path) && !isInitialised() && !isEmpty()) {
            throw new StartRefusedException(
                    "Data folder '%s' must be empty or hold PostgreSQL data but holds something else.".formatted(path),
                    "Move that away, " + OTHER_FOLDER);
        }
        if (isInitialised()) {
            String version = Files.readString(path.resolve("PG_VERSION"), StandardCharsets.US_ASCII)
                    .strip();
            if (!version.equals(Integer.toString(major))) {
                throw new StartRefusedException(
                        "Data folder '%s' was written by PostgreSQL %s but this application brings PostgreSQL %d, which reads only its own major version."
                                .formatted(path, version, major),
                        "Convert the folder with pg_upgrade, or dump it with PostgreSQL %s and restore it into a new folder, %s"
                                .formatted(version, OTHER_FOLDER));
            }
        }
    }

    /** Where a new folder is prepared; each attempt has its own, so that a leftover process cannot disturb it. */
    Path newDraft(String suffix) {
        return beside(".new-" + suffix);
    }

    /** Turns a finished draft into the folder, so that not even a power failure can undo it later. */
    void adopt(Path draft) throws IOException {
        Files.deleteIfExists(path);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel parent = FileChannel.open(path.resolveSibling(""), StandardOpenOption.READ)) {
            parent.force(true);
        } catch (IOException notOnWindows) {
            // A folder cannot be opened there; the file system orders its own metadata.
        }
    }

    /** Drafts that a kill left behind. */
    List<Path> leftoverDrafts() throws IOException {
        try (Stream<Path> siblings = Files.list(path.resolveSibling(""))) {
            String prefix = path.getFileName() + ".new-";
            return siblings.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    /** Deletes as much as it can; what a dying process still writes is left for the next time. */
    static void discard(Path draft) {
        try {
            FileSystemUtils.deleteRecursively(draft);
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(DataFolder.class).info("Leftover '{}' stays for now: {}", draft, e);
        }
    }

    private boolean isEmpty() {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
