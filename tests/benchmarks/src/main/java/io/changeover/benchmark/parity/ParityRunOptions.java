package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.Keys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures, and on how much.
 *
 * @param only the experiments
 * @param rows rows of each version
 * @param memoryRows rows of the versions whose comparison is watched for memory; the small ones have a tenth
 * @param backlog events that live processing has to catch up with
 * @param rate events a second while versions are reconciled, from 1
 * @param windowMillis how long the CPU is watched at a time
 * @param everyMillis time from the end of a reconciliation to the next one
 * @param rounds how often each figure is taken after the warm-up, 1 or greater
 * @param seed decides the events
 * @param keys how keys come about
 * @param heap largest heap of the processes that are started for an experiment, as in {@code -Xmx}
 * @param data folder in which the server keeps its data from run to run, or null for a new one that is deleted
 * @param settings properties of the application in which this engine runs
 * @param postgres settings of the server
 * @param profile file for a flight recording of one clean comparison after the measured ones, or null
 */
record ParityRunOptions(
        Set<Experiment> only,
        long rows,
        long memoryRows,
        long backlog,
        int rate,
        long windowMillis,
        long everyMillis,
        int rounds,
        long seed,
        Keys keys,
        String heap,
        @Nullable Path data,
        Map<String, String> settings,
        Map<String, String> postgres,
        @Nullable Path profile) {

    private static final long FEWEST = 1_000;

    /** @throws IllegalArgumentException when a number is too small to measure anything */
    ParityRunOptions {
        only = Set.copyOf(only);
        settings = Map.copyOf(settings);
        postgres = Map.copyOf(postgres);
        for (long number : List.of(rows, memoryRows, backlog)) {
            if (number < FEWEST) {
                throw new IllegalArgumentException(
                        "A number of rows or events is %d but must be %d or greater; raise it"
                                .formatted(number, FEWEST));
            }
        }
        requirePositive("rounds", rounds);
        requirePositive("rate", rate);
        requirePositive("window", windowMillis);
        if (everyMillis < 0) {
            throw new IllegalArgumentException("every is %d but must be 0 or greater; raise it".formatted(everyMillis));
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s is %d but must be 1 or greater; raise it".formatted(name, value));
        }
    }
}
