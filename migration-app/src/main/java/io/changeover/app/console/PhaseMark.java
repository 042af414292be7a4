package io.changeover.app.console;

import io.changeover.changeover.Phase;
import io.changeover.operation.ChangeoverStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The phases of a changeover as a list, with the present one marked.
 *
 * @param name name of the phase
 * @param state {@code done}, {@code now} or {@code ahead}
 */
record PhaseMark(String name, String state) {

    private static final List<Phase> FORWARD = List.of(
            Phase.DECLARED,
            Phase.PREPARED,
            Phase.BACKFILLING,
            Phase.CATCHING_UP,
            Phase.VERIFYING,
            Phase.SHADOWING,
            Phase.SHIFTING,
            Phase.SERVING,
            Phase.SOAKING,
            Phase.COMPLETED);

    /** A way that leads back is one phase longer than the way forward; what lay ahead of it lies ahead again. */
    static List<PhaseMark> of(ChangeoverStatus changeover) {
        List<PhaseMark> marks = new ArrayList<>();
        int at = FORWARD.stream().map(Phase::text).toList().indexOf(changeover.phase());
        int reached = at >= 0 ? at : FORWARD.indexOf(Phase.VERIFYING);
        for (int i = 0; i < FORWARD.size(); i++) {
            boolean now = i == at;
            marks.add(new PhaseMark(FORWARD.get(i).text(), now ? "now" : i < reached ? "done" : "ahead"));
        }
        if (at < 0) {
            boolean built = changeover.backfill() != null;
            if (changeover.phase().equals(Phase.ABORTED.text())) {
                marks.subList(built ? reached : 1, marks.size()).clear();
                marks.add(new PhaseMark(changeover.phase(), "now"));
            } else {
                marks.add(reached, new PhaseMark(changeover.phase(), "now"));
            }
        }
        return List.copyOf(marks);
    }
}
