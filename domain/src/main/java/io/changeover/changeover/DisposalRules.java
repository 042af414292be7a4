package io.changeover.changeover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** In which order a version that was given up goes on its way out, and how long it stays at each stage. */
final class DisposalRules {

    private DisposalRules() {}

    /** A version whose table is kept under another name cannot be built anew beside it. */
    static void requireUsable(ChangeoverState state, int version) {
        Disposal disposal = state.disposals().get(version);
        if (disposal != null && disposal.stage() == Disposal.Stage.PURGED) {
            throw new ChangeoverRefusedException(
                    "version-purged",
                    "Version %d of view '%s' is purged since %s, and a changeover leads to one that is held, dropped or new; restore it to go on with its rows, or drop it to build it from nothing"
                            .formatted(version, state.view(), disposal.since()));
        }
    }

    /** @param stages those in which it may be, first the one from which the step leads on */
    static Disposal requireStage(ChangeoverState state, int version, String what, Disposal.Stage... stages) {
        Disposal disposal = state.disposals().get(version);
        if (disposal == null || !List.of(stages).contains(disposal.stage())) {
            throw new ChangeoverRefusedException(
                    "other-stage",
                    "Version %d of view '%s' is %s, and only one that is %s can be %s; look at the view's status"
                            .formatted(
                                    version,
                                    state.view(),
                                    disposal == null
                                            ? "not given up"
                                            : disposal.stage().text(),
                                    stages[0].text(),
                                    what));
        }
        return disposal;
    }

    static void requireStayed(String view, int version, Disposal disposal, Duration least, Instant now) {
        Instant earliest = disposal.since().plus(least);
        if (now.isBefore(earliest)) {
            throw new ChangeoverRefusedException(
                    "stage-too-short",
                    "Version %d of view '%s' has been %s since %s and stays so for %s at least; ask again at %s, or give a plan with a shorter time before the next changeover"
                            .formatted(version, view, disposal.stage().text(), disposal.since(), least, earliest));
        }
    }
}
