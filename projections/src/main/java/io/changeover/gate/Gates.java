package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import java.util.List;

/** The gates of a changeover, asked together. Safe for use by several threads. */
public interface Gates {

    /** Whether what the changeover needs is there: the way back, and nodes that follow. Nothing by default. */
    default List<GateReading> toPrepare(String view, Attempt attempt) {
        return List.of();
    }

    /** Whether the new version keeps up with the store: what must hold before it is verified. */
    List<GateReading> toVerify(String view, Attempt attempt);

    /**
     * All gates that must pass before more readers move, or the changeover is completed: those of the plan, and the team's
     * own.
     */
    List<GateReading> toMove(String view, Attempt attempt);

    /**
     * Those of them whose refusal says that readers of the new version are not well served: a breach. One that holds is no
     * breach.
     */
    List<GateReading> toStay(String view, Attempt attempt);
}
