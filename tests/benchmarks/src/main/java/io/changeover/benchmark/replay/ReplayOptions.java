package io.changeover.benchmark.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run measures, and on how much.
 *
 * @param only the experiments
 * @param events events of the store that ratios are taken on
 * @param scaleEvents events of the large store
 * @param stockEvents events that stock Axon replays; its rate is taken for that of any number
 * @param tunedEvents events that tuned Axon replays
 * @param memoryRows rows of the large view whose memory is measured; the small one has a tenth
 * @param windowMillis how long writers are watched at a time
 * @param rounds how often each figure is taken after the warm-up, 1 or greater
 * @param seed decides order, identifiers and revisions of the events
 * @param heap largest heap of the processes that are started for an experiment, as in {@code -Xmx}
 * @param data folder in which the server keeps its data from run to run, or null for a new one that is deleted
 * @param settings properties of the application in which this engine runs
 * @param throttle further properties for the backfill that is throttled
 * @param postgres settings of the server
 * @param profile file for a flight recording of this engine's last replay, or null
 */
record ReplayOptions(
        Set<Experiment> only,
        long events,
        long scaleEvents,
        long stockEvents,
        long tunedEvents,
        long memoryRows,
        long windowMillis,
        int rounds,
        long seed,
        String heap,
        @Nullable Path data,
        Map<String, String> settings,
        Map<String, String> throttle,
        Map<String, String> postgres,
        @Nullable Path profile) {

    private static final long FEWEST = 1_000;

    /** @throws IllegalArgumentException when a number is too small to measure anything */
    ReplayOptions {
        only = Set.copyOf(only);
        settings = Map.copyOf(settings);
        throttle = Map.copyOf(throttle);
        postgres = Map.copyOf(postgres);
        for (long number : List.of(events, scaleEvents, stockEvents, tunedEvents, memoryRows)) {
            if (number < FEWEST) {
                throw new IllegalArgumentException(
                        "A number of events or rows is %d but must be %d or greater; raise it"
                                .formatted(number, FEWEST));
            }
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds is %d but must be 1 or greater; raise it".formatted(rounds));
        }
    }
}
