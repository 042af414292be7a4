package io.changeover.parity;

import java.time.Duration;

/**
 * How a comparison works.
 *
 * @param fetchSize rows fetched at once from each side, 1 or greater
 * @param samples differences of each kind that the report shows, 0 or greater
 * @param rechecks how often rows in flight are looked at again, 0 or greater
 * @param recheckPause pause before each of these looks
 */
public record ParityOptions(int fetchSize, int samples, int rechecks, Duration recheckPause) {

    /** @throws IllegalArgumentException when a number is below its least value or the pause is negative */
    public ParityOptions {
        requireAtLeast("fetchSize", fetchSize, 1);
        requireAtLeast("samples", samples, 0);
        requireAtLeast("rechecks", rechecks, 0);
        if (recheckPause.isNegative()) {
            throw new IllegalArgumentException(
                    "recheckPause is %s but must not be negative; give a longer one".formatted(recheckPause));
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d but must be %d or greater; give a greater one".formatted(name, value, least));
        }
    }

    /** 2,000 rows, 10 samples, 40 looks 50 milliseconds apart. */
    public static ParityOptions defaults() {
        return new ParityOptions(2_000, 10, 40, Duration.ofMillis(50));
    }
}
