package io.changeover.benchmark.replay;

import io.changeover.benchmark.replay.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one {@link ReplayChild}.
 *
 * @param bootSeconds until its node was up
 * @param workSeconds that its backfill ran, until it was live or killed
 * @param killed whether it was killed
 * @param position last position that it told
 * @param heapBytes most heap in use, or 0 where nobody watched
 * @param residentKib most memory of the process, or 0 where nobody tells
 */
record ChildRun(
        double bootSeconds, double workSeconds, boolean killed, long position, long heapBytes, long residentKib) {

    private static final double NEVER = 2;

    /** Runs the backfill to its end. */
    static ChildRun whole(Database store, String version, ReplayOptions options, boolean watchHeap) {
        return run(store, version, options, watchHeap, NEVER);
    }

    /** Runs the backfill and kills the process as soon as that part, from 0 to 1, is done. */
    static ChildRun killedAt(double part, Database store, String version, ReplayOptions options) {
        return run(store, version, options, false, part);
    }

    private static ChildRun run(
            Database store, String version, ReplayOptions options, boolean watchHeap, double killAt) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(),
                "-cp",
                System.getProperty("java.class.path"),
                ReplayChild.class.getName(),
                store.url(),
                store.user(),
                version,
                Boolean.toString(watchHeap)));
        options.settings().forEach((name, value) -> command.add(name + "=" + value));
        Told told = new Told(killAt);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(line -> told.hear(line, process));
            }
            int status = process.waitFor();
            if (status != 0 && !told.killed) {
                throw new IllegalStateException("the process of %s ended with status %d".formatted(version, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process ran", e);
        }
        return told.run();
    }

    /** What the process has told so far. */
    private static final class Told {

        private final double killAt;
        private final long born = System.nanoTime();
        private long ready;
        private long started;
        private long workNanos;
        private long position;
        private long heap;
        private long resident;
        private boolean killed;

        Told(double killAt) {
            this.killAt = killAt;
        }

        void hear(String line, Process process) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "ready" -> ready = System.nanoTime();
                case "started" -> started = System.nanoTime();
                case "at" -> {
                    position = Long.parseLong(words[1]);
                    if (!killed && position >= killAt * Long.parseLong(words[2])) {
                        process.toHandle().destroyForcibly(); // the process itself would close what we read
                        killed = true;
                        workNanos = System.nanoTime() - started;
                    }
                }
                case "heap" -> heap = Long.parseLong(words[1]);
                case "resident" -> resident = Long.parseLong(words[1]);
                case "done" -> workNanos = killed ? workNanos : Long.parseLong(words[1]);
                default -> throw new IllegalStateException("a process says '%s', which means nothing".formatted(line));
            }
        }

        ChildRun run() {
            return new ChildRun((ready - born) / 1e9, workNanos / 1e9, killed, position, heap, resident);
        }
    }
}
