package io.changeover.gate;

import io.changeover.changeover.GateReading;
import io.changeover.view.VersionId;
import java.util.function.ToLongFunction;

/**
 * No more events wait in the new version than may. More are a breach: rows of their homes are out of date for every reader,
 * and stay so until a person mends the fold.
 */
final class DeadLettersGate implements Gate {

    static final String NAME = "dead-letters";

    private final ToLongFunction<VersionId> letters;

    DeadLettersGate(ToLongFunction<VersionId> letters) {
        this.letters = letters;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        long most = question.plan().limits().maxDeadLetters();
        long waiting = letters.applyAsLong(
                new VersionId(question.view(), question.attempt().to()));
        String measured = Figures.count(waiting, "dead letter", "dead letters");
        String required = "at most %d".formatted(most);
        return waiting <= most
                ? GateReading.pass(NAME, measured, required)
                : GateReading.refuse(
                        NAME,
                        measured,
                        required,
                        "events wait in version %d because its folds failed; mend them, then retry the dead letters"
                                .formatted(question.attempt().to()));
    }
}
