package io.changeover.rebuild;

import io.changeover.projection.HomeRebuildOptions;

/**
 * How a part of a version is rebuilt.
 *
 * @param maxHomes homes that one rebuild may concern, 1 or greater; beyond it, building a new version is the better way
 * @param homes how these are rebuilt
 */
public record RebuildOptions(int maxHomes, HomeRebuildOptions homes) {

    /** @throws IllegalArgumentException when the number is below 1 */
    public RebuildOptions {
        if (maxHomes < 1) {
            throw new IllegalArgumentException(
                    "maxHomes is %d but must be 1 or greater; give a greater one".formatted(maxHomes));
        }
    }

    /** 1,000,000 homes. */
    public static RebuildOptions defaults() {
        return new RebuildOptions(1_000_000, HomeRebuildOptions.defaults());
    }
}
