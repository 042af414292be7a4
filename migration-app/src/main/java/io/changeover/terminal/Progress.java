package io.changeover.terminal;

import java.time.Duration;
import java.util.Locale;

/** How far a long operation is, in one line. */
public final class Progress {

    private static final int WIDTH = 30;

    private Progress() {}

    /**
     * @param fraction share that is done, from 0 to 1
     * @param events events read so far
     * @param eventsPerSecond mean rate
     * @param eta time left, negative when unknown
     */
    public static String line(double fraction, long events, double eventsPerSecond, Duration eta) {
        return line(fraction, events, "events", eventsPerSecond, eta);
    }

    /**
     * @param fraction share that is done, from 0 to 1
     * @param count what is done so far
     * @param things what is counted
     * @param perSecond mean rate
     * @param eta time left, negative when unknown
     */
    public static String line(double fraction, long count, String things, double perSecond, Duration eta) {
        int done = (int) Math.round(Math.min(1, Math.max(0, fraction)) * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %,d %s  %,.0f/s  %s",
                "#".repeat(done),
                ".".repeat(WIDTH - done),
                fraction * 100,
                count,
                things,
                perSecond,
                fraction >= 1 ? "complete" : eta.isNegative() ? "time left unknown" : duration(eta) + " left");
    }

    /** A duration as people read it: {@code 1h 02m}, {@code 3m 05s}, {@code 4.2 s}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 3600) {
            return "%dh %02dm".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        if (seconds >= 60) {
            return "%dm %02ds".formatted(seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
