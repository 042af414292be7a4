package io.changeover.benchmark.parity;

import io.changeover.benchmark.replay.store.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * CPU time of this process and of the database server. The server's is that of its first process, with what it has
 * inherited from those that have ended, and of all processes that it has now, as {@code /proc/PID/stat} of Linux has
 * them; 0 on other systems.
 */
final class CpuClock {

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_A_SECOND = 100; // USER_HZ, which Linux shows to programs on every machine

    /** Fields after the command in parentheses, from 0: the parent, and user and system time of itself and its dead. */
    private static final int PARENT = 1;

    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;

    private final long server;

    CpuClock(Database store) {
        this.server = Long.parseLong(store.texts("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")
                .get(0)
                .strip());
    }

    /** Nanoseconds of the thread that asks. */
    static long ofThisThread() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Seconds of this process so far. */
    double process() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }

    /** Seconds of the server so far. */
    double server() {
        double seconds = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                seconds += stat(process)
                        .filter(stat -> stat.isOrBelongsTo(process, server))
                        .map(Stat::seconds)
                        .orElse(0.0);
            }
        } catch (IOException e) {
            return 0;
        }
        return seconds;
    }

    private static Optional<Stat> stat(Path process) {
        try {
            return Optional.of(Stat.of(Files.readString(process.resolve("stat"))));
        } catch (IOException e) {
            return Optional.empty(); // it has ended since
        }
    }

    /**
     * What is of interest in a line of {@code /proc/PID/stat}.
     *
     * @param parent process that started it
     * @param seconds CPU time of the process and of those of its children that have ended
     */
    record Stat(long parent, double seconds) {

        /** The command is in parentheses and may hold anything, so the fields begin after the last one. */
        static Stat of(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return new Stat(Long.parseLong(fields[PARENT]), ticks / TICKS_A_SECOND);
        }

        boolean isOrBelongsTo(Path process, long server) {
            return parent == server || process.getFileName().toString().equals(Long.toString(server));
        }
    }
}
