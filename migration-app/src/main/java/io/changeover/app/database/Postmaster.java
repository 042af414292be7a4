package io.changeover.app.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The server process that a data folder names in its {@code postmaster.pid}; the lines of that file are those of
 * {@code pidfile.h} in PostgreSQL.
 */
final class Postmaster {

    private static final int FOLDER_LINE = 1;
    private static final int STATUS_LINE = 7;
    private static final Duration INCOMPLETE = Duration.ofMinutes(1);

    private final Path folder;
    private final ProcessHandle process;
    private final boolean ready;

    private Postmaster(Path folder, ProcessHandle process, boolean ready) {
        this.folder = folder;
        this.process = process;
        this.ready = ready;
    }

    /**
     * The living server of the folder, or empty when there is none. A process that merely got the number of a server
     * that is gone does not count.
     */
    static Optional<Postmaster> of(Path folder) {
        List<String> lines = lines(folder);
        if (lines.size() <= FOLDER_LINE || !lines.get(0).matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready");
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(ProcessHandle::isAlive)
                .filter(process -> isServerOf(folder, lines.get(FOLDER_LINE), process.info()))
                .map(process -> new Postmaster(folder, process, ready));
    }

    /**
     * The living server of the folder that has lost its {@code postmaster.pid}, or not written it yet. Started by root it
     * runs in a user namespace of its own, where the next server may not signal it, takes its file for stale and deletes
     * it. Empty also where the system does not tell the arguments of processes.
     */
    static Optional<Postmaster> withoutFile(Path folder) {
        return processes(folder, "postgres")
                .map(process -> new Postmaster(folder, process, false))
                .findFirst();
    }

    /** Ends whatever is about to start a server on the folder. */
    static void endStarters(Path folder) {
        processes(folder, "pg_ctl").forEach(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private static Stream<ProcessHandle> processes(Path folder, String program) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command ->
                                Path.of(command).getFileName().toString().equals(program))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> Arrays.asList(arguments).contains(folder.toString()))
                        .isPresent());
    }

    /**
     * Deletes a {@code postmaster.pid} whose number now belongs to another program, because the server would take that
     * program for its twin and refuse to start; and one that is still incomplete long after it was begun, for the same
     * reason. It must be certain: a server that loses its file goes on unseen on the same data. Call it only while
     * {@link #of} finds nothing.
     */
    static void forgetReusedNumber(Path folder) {
        try {
            List<String> lines = lines(folder);
            boolean complete = lines.size() > FOLDER_LINE && lines.get(0).matches("[0-9]{1,10}");
            boolean forget = complete
                    ? ProcessHandle.of(Long.parseLong(lines.get(0)))
                            .filter(ProcessHandle::isAlive)
                            .filter(process -> isCertainlyAnother(folder, process.info()))
                            .isPresent()
                    : isOld(folder.resolve("postmaster.pid"));
            if (forget) {
                Files.deleteIfExists(folder.resolve("postmaster.pid"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOld(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Clock.systemUTC().instant().minus(INCOMPLETE));
    }

    /** What the system does not tell counts for the server: it may have begun just now. */
    private static boolean isCertainlyAnother(Path folder, ProcessHandle.Info info) {
        Optional<String> name =
                info.command().map(command -> Path.of(command).getFileName().toString());
        if (name.isEmpty()) {
            Optional<String> mine = ProcessHandle.current().info().user();
            return info.user().isPresent() && mine.isPresent() && !info.user().equals(mine);
        }
        if (!name.get().equals("postgres") && !name.get().equals("postgres.exe")) {
            return true;
        }
        return info.arguments()
                .map(arguments -> !Arrays.asList(arguments).contains(folder.toString()))
                .orElse(false);
    }

    /** Number of the process. */
    long pid() {
        return process.pid();
    }

    /** Whether it says that it accepts connections. */
    boolean isReady() {
        return ready;
    }

    /**
     * Asks the server to end its sessions and stop, and waits.
     *
     * @return whether it has stopped in time
     */
    boolean stop(Duration wait) {
        interrupt();
        return awaitEnd(wait);
    }

    /** Waits until the server has ended; false when it has not in time. */
    boolean awaitEnd(Duration wait) {
        try {
            process.onExit().get(wait.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** SIGINT is the fast shutdown; Java alone can only send SIGTERM, which waits for every client to leave. */
    private void interrupt() {
        try {
            int code = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isServerOf(Path folder, String recordedFolder, ProcessHandle.Info info) {
        boolean sameFolder = Path.of(recordedFolder).normalize().equals(folder);
        boolean server = info.command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
        boolean forFolder = info.arguments()
                .map(arguments -> Arrays.asList(arguments).contains(folder.toString()))
                .orElse(true);
        return sameFolder && server && forFolder;
    }

    private static List<String> lines(Path folder) {
        Path file = folder.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException endedMeanwhile) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "postgres %d of %s".formatted(process.pid(), folder);
    }
}
