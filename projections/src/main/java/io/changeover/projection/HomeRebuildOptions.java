package io.changeover.projection;

/**
 * How homes are rebuilt.
 *
 * @param homesAtOnce homes whose rows are folded in memory at once, 1 or greater; each such group reads history once
 * @param eventsUnderLock distance to the version's position, in positions, below which live processing is held up for the
 *     rest; 1 or greater
 * @param maxLetters events of one group that may fail before the rebuild is given up, 1 or greater
 * @param samples changed homes that the result shows, 0 or greater
 */
public record HomeRebuildOptions(int homesAtOnce, int eventsUnderLock, int maxLetters, int samples) {

    /** @throws IllegalArgumentException when a number is below its least value */
    public HomeRebuildOptions {
        requireAtLeast("homesAtOnce", homesAtOnce, 1);
        requireAtLeast("eventsUnderLock", eventsUnderLock, 1);
        requireAtLeast("maxLetters", maxLetters, 1);
        requireAtLeast("samples", samples, 0);
    }

    /** 50,000 homes, 5,000 positions, 100,000 letters, 10 samples. */
    public static HomeRebuildOptions defaults() {
        return new HomeRebuildOptions(50_000, 5_000, 100_000, 10);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s is %d but must be %d or greater; give a greater one".formatted(name, value, least));
        }
    }
}
