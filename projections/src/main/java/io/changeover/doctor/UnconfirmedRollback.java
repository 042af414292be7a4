package io.changeover.doctor;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollback that nobody has called over though all nodes that are up go by it, as after a crash in between. */
final class UnconfirmedRollback implements Check {

    private final Patient patient;
    private final Mending mending;

    UnconfirmedRollback(Patient patient, Mending mending) {
        this.patient = patient;
        this.mending = mending;
    }

    @Override
    public String name() {
        return "unconfirmed-rollback";
    }

    @Override
    public List<Symptom> look() {
        List<Symptom> symptoms = new ArrayList<>();
        for (String view : patient.versions().views()) {
            Attempt open = open(view);
            if (open == null
                    || open.phase() != Phase.ROLLING_BACK
                    || !patient.nodes().awaited(view).isEmpty()) {
                continue;
            }
            List<String> by = patient.nodes().acknowledgedBy(view);
            if (!by.isEmpty()) {
                symptoms.add(new Symptom(
                        view,
                        "it is rolling back since %s, and all nodes that are up go by it: %s"
                                .formatted(open.course().phaseSince(), String.join(", ", by)),
                        "its readers are back, but nothing goes on before that is recorded",
                        "that it is rolled back is recorded",
                        () -> confirm(view)));
            }
        }
        return symptoms;
    }

    private String confirm(String view) {
        mending.confirmRollback(view);
        Attempt open = open(view);
        return open != null && open.phase() == Phase.ROLLING_BACK
                ? "nothing, because a node has not acknowledged it"
                : "it was recorded that the rollback is over";
    }

    private @Nullable Attempt open(String view) {
        return patient.router().state(view).map(ChangeoverState::open).orElse(null);
    }
}
