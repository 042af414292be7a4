package io.changeover.projection;

/**
 * How live processing works.
 *
 * @param batchSize events that are folded and committed at once, 1 or greater
 * @param segments segments that a new version begins with, 1 or greater; a power of two spreads homes evenly
 * @param workers threads that fold live events for all versions of a node, 1 or greater
 */
public record ProjectionOptions(int batchSize, int segments, int workers) {

    /** @throws IllegalArgumentException when a number is below 1 */
    public ProjectionOptions {
        requirePositive("batchSize", batchSize);
        requirePositive("segments", segments);
        requirePositive("workers", workers);
    }

    /** Batches of 1,000 events, one segment, two workers. */
    public static ProjectionOptions defaults() {
        return new ProjectionOptions(1_000, 1, 2);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d but must be 1 or greater".formatted(name, value));
        }
    }
}
