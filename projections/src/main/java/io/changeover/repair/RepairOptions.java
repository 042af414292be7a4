package io.changeover.repair;

import io.changeover.projection.HomeRebuildOptions;

/**
 * How rows are repaired.
 *
 * @param maxHomes homes that one repair may concern, 1 or greater; beyond it, rebuilding is the better way
 * @param samples homes that the report shows, 0 or greater
 * @param folding how their events are folded
 */
public record RepairOptions(int maxHomes, int samples, HomeRebuildOptions folding) {

    /** @throws IllegalArgumentException when a number is below its least value */
    public RepairOptions {
        if (maxHomes < 1) {
            throw new IllegalArgumentException(
                    "maxHomes is %d but must be 1 or greater; give a greater one".formatted(maxHomes));
        }
        if (samples < 0) {
            throw new IllegalArgumentException(
                    "samples is %d but must be 0 or greater; give a greater one".formatted(samples));
        }
    }

    /** 100,000 homes, 10,000 of them folded at once, 10 samples. */
    public static RepairOptions defaults() {
        return new RepairOptions(100_000, 10, new HomeRebuildOptions(10_000, 1_000, 1_000, 0));
    }
}
