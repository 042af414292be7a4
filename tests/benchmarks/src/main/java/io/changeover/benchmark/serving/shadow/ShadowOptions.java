package io.changeover.benchmark.serving.shadow;

import java.util.Map;

/**
 * How shadow reads are measured.
 *
 * @param pairs windows with shadow reads, and as many without, 1 or more
 * @param windowMillis how long each window is, 1 or greater
 * @param readers threads that read, 1 or more
 * @param rate reads a second of all threads, at least as many as there are
 * @param share share of calls that are also asked of the other version, greater than 0 and at most 1
 * @param rows invoices that are there, 1 or more
 * @param seed decides what is read
 * @param settings properties of the application
 */
public record ShadowOptions(
        int pairs,
        long windowMillis,
        int readers,
        int rate,
        double share,
        long rows,
        long seed,
        Map<String, String> settings) {

    /** @throws IllegalArgumentException when a number is out of its range */
    public ShadowOptions {
        settings = Map.copyOf(settings);
        require("pairs", pairs, 1);
        require("window", windowMillis, 1);
        require("readers", readers, 1);
        require("rate", rate, readers);
        require("rows", rows, 1);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "share is %s but must be greater than 0 and at most 1; correct it".formatted(share));
        }
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d but must be %d or greater; raise it".formatted(name, value, least));
        }
    }
}
