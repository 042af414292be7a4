package io.changeover.backfill;

import java.time.Duration;

/**
 * How a backfill works.
 *
 * @param pageSize events read at once, 1 or greater
 * @param checkpointEvents events after which rows and progress are committed, 1 or greater
 * @param checkpointInterval time after which they are committed at the latest; must stay below the time after which the
 *     token store gives a claim to another node
 * @param maxRowsInMemory rows kept between checkpoints, 1 or greater; beyond it they are read back when needed
 * @param claimPatience how long to wait for another node to give up its claim, as after a crash
 */
public record BackfillOptions(
        int pageSize, int checkpointEvents, Duration checkpointInterval, int maxRowsInMemory, Duration claimPatience) {

    /** @throws IllegalArgumentException when a number is below 1 or a duration is not positive */
    public BackfillOptions {
        requirePositive("pageSize", pageSize);
        requirePositive("checkpointEvents", checkpointEvents);
        requirePositive("maxRowsInMemory", maxRowsInMemory);
        requirePositive("checkpointInterval", checkpointInterval);
        requirePositive("claimPatience", claimPatience);
    }

    /** Pages of 5,000, a checkpoint every 50,000 events or 5 seconds, 500,000 rows, 30 seconds of patience. */
    public static BackfillOptions defaults() {
        return new BackfillOptions(5_000, 50_000, Duration.ofSeconds(5), 500_000, Duration.ofSeconds(30));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s is %s but must be longer than zero".formatted(name, value));
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d but must be 1 or greater".formatted(name, value));
        }
    }
}
