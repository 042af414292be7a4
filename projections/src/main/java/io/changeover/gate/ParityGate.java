package io.changeover.gate;

import io.changeover.changeover.GateReading;
import io.changeover.changeover.ParityFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The last recorded comparison found both versions equal, and is young enough. Different is a breach. One that could not
 * compare all rows has shown nothing, for or against, and holds as one that is too old does.
 */
final class ParityGate implements Gate {

    static final String NAME = "parity";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        Duration most = question.plan().limits().maxParityAge();
        String required = "equal, at most %d s old".formatted(most.toSeconds());
        ParityFigures parity = question.attempt().parity();
        Instant at = question.attempt().parityAt();
        if (parity == null || at == null) {
            return GateReading.hold(
                    NAME,
                    "no comparison",
                    required,
                    "the versions have not been compared in this changeover; verify first");
        }
        Duration age = Duration.between(at, question.now());
        String measured = "%s, %d s old".formatted(verdict(parity), Math.max(0, age.toSeconds()));
        return switch (parity.verdict()) {
            case "EQUAL" ->
                age.compareTo(most) <= 0
                        ? GateReading.pass(NAME, measured, required)
                        : GateReading.hold(NAME, measured, required, "the last comparison is too old; verify again");
            case "DIFFERENT" ->
                GateReading.refuse(
                        NAME,
                        measured,
                        required,
                        "the versions do not say the same; mend the folds, then verify again");
            default ->
                GateReading.hold(
                        NAME,
                        measured,
                        required,
                        "the last comparison could not compare all rows, so nothing is proven; verify again");
        };
    }

    private static String verdict(ParityFigures parity) {
        String word = parity.verdict().toLowerCase(Locale.ROOT).replace('_', ' ');
        return parity.differences() == 0
                ? word
                : "%s in %s".formatted(word, Figures.count(parity.differences(), "row", "rows"));
    }
}
