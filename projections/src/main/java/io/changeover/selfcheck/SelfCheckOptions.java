package io.changeover.selfcheck;

/**
 * What of a version is checked.
 *
 * @param homes homes that are drawn, 1 or greater; ignored where all are checked
 * @param all whether every home is checked
 * @param seed what the draw begins with; the same seed draws the same homes from the same rows and events
 * @param samples rows that the report shows, 0 or greater
 */
public record SelfCheckOptions(int homes, boolean all, long seed, int samples) {

    /** Homes that are drawn unless somebody says otherwise. */
    public static final int HOMES = 1_000;

    /** Most homes that can be drawn; beyond them, all can be checked. */
    public static final int MOST_HOMES = 100_000;

    private static final int SAMPLES = 10;

    /** @throws IllegalArgumentException when a number is out of its bounds */
    public SelfCheckOptions {
        if (homes < 1 || homes > MOST_HOMES) {
            throw new IllegalArgumentException("homes is %d but must be from 1 to %d; give another number, or check all"
                    .formatted(homes, MOST_HOMES));
        }
        if (samples < 0) {
            throw new IllegalArgumentException(
                    "samples is %d but must be 0 or greater; give a greater one".formatted(samples));
        }
    }

    /** Homes drawn at random, ten samples. */
    public static SelfCheckOptions drawn(int homes, long seed) {
        return new SelfCheckOptions(homes, false, seed, SAMPLES);
    }

    /** Every home, ten samples. */
    public static SelfCheckOptions everything() {
        return new SelfCheckOptions(HOMES, true, 0, SAMPLES);
    }
}
