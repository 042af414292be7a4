package io.changeover.kit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of trying every revision against every other one that steps lead to. Without a time or a machine in it, so
 * that two runs with one seed have equal reports.
 *
 * @param seed of the payloads
 * @param eventTypes event names that have more than one revision, or become another event
 * @param pairs ordered pairs of revisions that were tried
 * @param payloads payloads generated
 * @param checks single checks made on them
 * @param refusals payloads that a step refused to tell to earlier readers, as it may
 * @param lifted where the way back was not held to the exact payload, and why
 * @param failures at most one for each pair, in the order of the pairs
 */
public record RoundTripReport(
        long seed,
        int eventTypes,
        int pairs,
        long payloads,
        long checks,
        long refusals,
        List<LiftedEquality> lifted,
        List<RoundTripFailure> failures) {

    /** Copies the lists. */
    public RoundTripReport {
        lifted = List.copyOf(lifted);
        failures = List.copyOf(failures);
    }

    /** The numbers in one line. */
    public String summary() {
        return "%d ordered pairs of revisions of %d event types: %d payloads, %d checks, %d refusals, %d losses lift the equality, %d failures"
                .formatted(pairs, eventTypes, payloads, checks, refusals, lifted.size(), failures.size());
    }

    /** @throws AssertionError with each failure, when there is one */
    public void requireNoFailures() {
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.stream()
                    .map(RoundTripFailure::message)
                    .collect(Collectors.joining("\n\n", summary() + "\n\n", "")));
        }
    }
}
