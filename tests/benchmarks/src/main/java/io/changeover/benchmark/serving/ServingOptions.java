package io.changeover.benchmark.serving;

import io.changeover.benchmark.serving.shadow.ShadowOptions;
import io.changeover.benchmark.serving.shift.ShiftOptions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a run measures, and how.
 *
 * @param only stages
 * @param forks processes in which each call is measured, 1 or more
 * @param pairs windows with shadow reads, and as many without, 1 or more
 * @param windowMillis how long each of these is
 * @param rate reads a second in them, of all threads
 * @param share share of calls that are also asked of the other version
 * @param decisions shifts and rollbacks on three nodes
 * @param readers threads that read, of each node
 * @param nodeRate reads a second of each thread while readers are moved
 * @param rows invoices
 * @param heap largest heap of each node, as in {@code -Xmx}
 * @param seed decides what is stored, read and when
 * @param settings properties of the application
 * @param postgres settings of the server
 */
record ServingOptions(
        Set<Stage> only,
        int forks,
        int pairs,
        long windowMillis,
        int rate,
        double share,
        int decisions,
        int readers,
        int nodeRate,
        long rows,
        String heap,
        long seed,
        Map<String, String> settings,
        Map<String, String> postgres) {

    /** @throws IllegalArgumentException when a number is out of its range */
    ServingOptions {
        only = Set.copyOf(only);
        settings = Map.copyOf(settings);
        postgres = Map.copyOf(postgres);
        if (forks < 1) {
            throw new IllegalArgumentException("forks is %d but must be 1 or greater; raise it".formatted(forks));
        }
        // Each stage checks what is its own.
        var unusedShadow = new ShadowOptions(pairs, windowMillis, readers, rate, share, rows, seed, settings);
        var unusedShift = new ShiftOptions(decisions, readers, nodeRate, rows, seed, heap, settings);
    }

    /** What is measured where nothing else is asked for; about six minutes. */
    static ServingOptions whole() {
        return new ServingOptions(
                EnumSet.allOf(Stage.class), 2, 8, 5_000, 500, 0.01, 240, 2, 250, 10_000, "256m", 1, Map.of(), Map.of());
    }

    /** The same in less, to see whether it works. */
    static ServingOptions quick() {
        return new ServingOptions(
                EnumSet.allOf(Stage.class), 1, 2, 2_000, 500, 0.01, 40, 2, 250, 10_000, "256m", 1, Map.of(), Map.of());
    }

    ShadowOptions shadow() {
        return new ShadowOptions(pairs, windowMillis, readers, rate, share, rows, seed, settings);
    }

    ShiftOptions shift() {
        return new ShiftOptions(decisions, readers, nodeRate, rows, seed, heap, settings);
    }
}
