package io.changeover.throttle;

import java.time.Duration;
import java.util.Locale;

/** Figures in texts. */
final class Figures {

    private Figures() {}

    /** Such as {@code 0.42}, {@code 7.5} and {@code 12,345}: no more digits than people want. */
    static String plain(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }

    static double millis(double nanos) {
        return nanos / 1e6;
    }

    static double millis(Duration duration) {
        return millis((double) duration.toNanos());
    }
}
