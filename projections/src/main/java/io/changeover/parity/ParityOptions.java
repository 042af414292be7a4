package io.changeover.parity;

import java.time.Duration;

/**
 * How a comparison works.
 *
 * @param samples differences of each kind that the report shows, 0 or greater
 * @param rechecks how often rows in flight are looked at again, 0 or greater
 * @param recheckPause pause before each of these looks
 * @param foreignPatience pause before rows that differ from a table of which nobody says how far it is maintained are
 *     looked at again; only those that still differ, and that no event has touched meanwhile, count
 * @param snapshotLimit longest time that one snapshot of the database may be held; a greater view is compared in ranges
 * @param rangeRows rows of the first range, 1,000 or greater; later ones follow the pace
 * @param maxGap positions that the two versions may be apart; beyond it they are not comparable, 1 or greater
 * @param probeRows rows of each side on which a canonical form in SQL is held against the method, 1 or greater
 * @param workMemory memory in bytes that the database may use for each sort or hash of a comparison
 * @param lag positions that a version may be behind the store before a comparison makes way for it, 0 or greater
 * @param rest how many times as long as it has worked on a range a comparison rests while it makes way, 0 or greater
 */
public record ParityOptions(
        int samples,
        int rechecks,
        Duration recheckPause,
        Duration foreignPatience,
        Duration snapshotLimit,
        long rangeRows,
        long maxGap,
        int probeRows,
        long workMemory,
        long lag,
        int rest) {

    /** Fewest rows of a range: with fewer, its own cost would be most of the work. */
    static final long LEAST_RANGE = 1_000;

    /** Most rows of a range while a comparison makes way: few enough that it is soon over. */
    static final long SMALL_RANGE = 50_000;

    private static final long LEAST_WORK_MEMORY = 1 << 20;
    private static final long MOST_WORK_MEMORY = 2L << 30;
    private static final Duration SHORTEST_LIMIT = Duration.ofMillis(100);

    /** @throws IllegalArgumentException when a value is out of its bounds */
    public ParityOptions {
        requireAtLeast("samples", samples, 0);
        requireAtLeast("rechecks", rechecks, 0);
        requireAtLeast("rangeRows", rangeRows, LEAST_RANGE);
        requireAtLeast("maxGap", maxGap, 1);
        requireAtLeast("probeRows", probeRows, 1);
        requireAtLeast("workMemory", workMemory, LEAST_WORK_MEMORY);
        requireAtLeast("lag", lag, 0);
        requireAtLeast("rest", rest, 0);
        if (workMemory > MOST_WORK_MEMORY) {
            throw new IllegalArgumentException("workMemory is %d but must be %d or less; give a smaller one"
                    .formatted(workMemory, MOST_WORK_MEMORY));
        }
        requireNotNegative("recheckPause", recheckPause);
        requireNotNegative("foreignPatience", foreignPatience);
        if (snapshotLimit.compareTo(SHORTEST_LIMIT) < 0) {
            throw new IllegalArgumentException("snapshotLimit is %s but must be %s or longer; give a longer one"
                    .formatted(snapshotLimit, SHORTEST_LIMIT));
        }
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d but must be %d or greater; give a greater one".formatted(name, value, least));
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "%s is %s but must not be negative; give a longer one".formatted(name, value));
        }
    }

    /**
     * 10 samples, 40 looks 50 milliseconds apart, patience of 1 second, snapshots of at most 30 seconds, ranges that begin
     * with 1,000,000 rows, 200,000 positions, 1,000 rows of a probe, 64 MiB; it makes way for versions that are 1,000
     * positions behind by a rest of 3 times the work.
     */
    public static ParityOptions defaults() {
        return new ParityOptions(
                10,
                40,
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                1_000_000,
                200_000,
                1_000,
                64L << 20,
                1_000,
                3);
    }
}
