package io.changeover.changeover;

import io.changeover.changeover.ChangeoverState.Attempt;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold before more readers move forward. The way back comes first: a shift that could not be undone at once is
 * refused, however healthy the new version looks.
 */
final class ShiftGates {

    private ShiftGates() {}

    static void requireWayBack(String view, Attempt open, Evidence evidence) {
        List<String> problems = new ArrayList<>();
        String rule = wayBack(open, evidence, problems);
        if (!problems.isEmpty()) {
            throw new ChangeoverRefusedException(
                    rule,
                    "The way back of view '%s' is not proven: %s".formatted(view, String.join("; also, ", problems)));
        }
    }

    private static String wayBack(Attempt open, Evidence evidence, List<String> problems) {
        if (!evidence.oldLive()) {
            problems.add("version %d, the way back, does not follow live events; start it".formatted(open.from()));
            return "old-not-live";
        }
        if (evidence.oldLag() > evidence.maxLag()) {
            problems.add(
                    "version %d, the way back, is %d positions behind and may be at most %d; wait until it has caught up"
                            .formatted(open.from(), evidence.oldLag(), evidence.maxLag()));
            return "old-lags";
        }
        return "";
    }

    static void require(String view, Attempt open, Evidence evidence) {
        List<String> problems = new ArrayList<>();
        String rule = wayBack(open, evidence, problems);
        if (!evidence.newLive()) {
            problems.add("version %d does not follow live events; start it".formatted(open.to()));
            rule = first(rule, "new-not-live");
        } else if (evidence.newLag() > evidence.maxLag()) {
            problems.add("version %d is %d positions behind and may be at most %d; wait until it has caught up"
                    .formatted(open.to(), evidence.newLag(), evidence.maxLag()));
            rule = first(rule, "new-lags");
        }
        if (evidence.newDeadLetters() > 0) {
            problems.add("version %d has %d dead letters and must have none; mend its folds and retry them"
                    .formatted(open.to(), evidence.newDeadLetters()));
            rule = first(rule, "dead-letters");
        }
        ParityFigures parity = open.parity();
        if (parity == null) {
            problems.add("the versions have not been compared in this changeover; verify first");
            rule = first(rule, "parity-missing");
        } else if (!parity.equal()) {
            problems.add(
                    "the last comparison found %s (%d differences, %d rows in flight) and must find EQUAL; mend the folds, then verify again"
                            .formatted(parity.verdict(), parity.differences(), parity.inFlight()));
            rule = first(rule, "parity-not-equal");
        } else if (evidence.parityAgeSeconds() > evidence.maxParityAgeSeconds()) {
            problems.add("the last comparison is %d seconds old and may be at most %d; verify again"
                    .formatted(evidence.parityAgeSeconds(), evidence.maxParityAgeSeconds()));
            rule = first(rule, "parity-stale");
        }
        if (open.course().wayBackProven() == null && !rule.startsWith("old-")) {
            problems.add(
                    "the way back has not been proven in this changeover; rehearse the flip and wait until all nodes have acknowledged it");
            rule = first(rule, "way-back-unproven");
        }
        if (!problems.isEmpty()) {
            throw new ChangeoverRefusedException(
                    rule,
                    "Reads of view '%s' cannot move forward: %s".formatted(view, String.join("; also, ", problems)));
        }
    }

    private static String first(String rule, String next) {
        return rule.isEmpty() ? next : rule;
    }
}
