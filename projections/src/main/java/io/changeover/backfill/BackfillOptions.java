package io.changeover.backfill;

import java.time.Duration;

/**
 * How backfills work on one node.
 *
 * @param enabled whether this node builds anything; otherwise it leaves what it is asked to build to other nodes
 * @param workers threads that parse and fold, for all backfills of the node together, 1 or greater
 * @param memoryBudget bytes that the rows of all backfills of the node may take together, as they estimate it, 1 MiB or
 *     greater; rows beyond it are written to the table and read back when they are needed
 * @param checkpointInterval greatest amount of work, as time, that a crash may cost
 * @param checkpointBytes greatest amount of work, as bytes of history read, that a crash may cost, 1 or greater
 * @param chunkEvents events that are parsed by one thread at a time, 1 or greater
 * @param maxDeadLetters number of waiting events from which on a backfill of a version is given up, 0 or greater
 */
public record BackfillOptions(
        boolean enabled,
        int workers,
        long memoryBudget,
        Duration checkpointInterval,
        long checkpointBytes,
        int chunkEvents,
        long maxDeadLetters) {

    private static final long MEBIBYTE = 1L << 20;

    /** @throws IllegalArgumentException when a value is below its least or a duration is not positive */
    public BackfillOptions {
        requireAtLeast("workers", workers, 1);
        requireAtLeast("memoryBudget", memoryBudget, MEBIBYTE);
        requireAtLeast("checkpointBytes", checkpointBytes, 1);
        requireAtLeast("chunkEvents", chunkEvents, 1);
        requireAtLeast("maxDeadLetters", maxDeadLetters, 0);
        requirePositive("checkpointInterval", checkpointInterval);
    }

    /**
     * As many workers as processors, a quarter of the heap, at most 2 seconds or 1 GiB of work at risk, chunks of 1,000
     * events, and at most 10,000 dead letters.
     */
    public static BackfillOptions defaults() {
        return new BackfillOptions(
                true,
                Runtime.getRuntime().availableProcessors(),
                quarterOfHeap(),
                Duration.ofSeconds(2),
                1024 * MEBIBYTE,
                1_000,
                10_000);
    }

    /** A quarter of the greatest heap that this JVM may have, in bytes. */
    public static long quarterOfHeap() {
        return Math.max(MEBIBYTE, Runtime.getRuntime().maxMemory() / 4);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s is %s but must be longer than zero".formatted(name, value));
        }
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("%s is %d but must be %d or greater".formatted(name, value, least));
        }
    }
}
