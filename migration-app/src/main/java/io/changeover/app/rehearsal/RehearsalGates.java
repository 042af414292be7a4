package io.changeover.app.rehearsal;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.gate.Gates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The plan's own gates, but for those that cannot tell without readers of production: a gate that holds for want of them
 * says nothing for or against the plan. One that refuses counts, whichever it is.
 */
final class RehearsalGates implements Gates {

    /** What a rehearsal has as production has it. */
    private static final Set<String> MEASURED = Set.of("lag", "parity", "dead-letters", "nodes");

    private final Gates gates;
    private final Map<String, String> left = new ConcurrentSkipListMap<>();

    RehearsalGates(Gates gates) {
        this.gates = gates;
    }

    /** Gates that were left out, with what they said. */
    Map<String, String> left() {
        return Map.copyOf(left);
    }

    @Override
    public List<GateReading> toVerify(String view, Attempt attempt) {
        return rehearsed(gates.toVerify(view, attempt));
    }

    @Override
    public List<GateReading> toMove(String view, Attempt attempt) {
        return rehearsed(gates.toMove(view, attempt));
    }

    @Override
    public List<GateReading> toStay(String view, Attempt attempt) {
        return rehearsed(gates.toStay(view, attempt));
    }

    private List<GateReading> rehearsed(List<GateReading> readings) {
        List<GateReading> rehearsed = new ArrayList<>();
        rehearsed.add(GateReading.pass("rehearsal", "a copy of the store", "no readers of production"));
        for (GateReading reading : readings) {
            if (reading.verdict() == GateReading.Verdict.HOLD && !MEASURED.contains(reading.gate())) {
                left.put(reading.gate(), reading.reason());
            } else {
                rehearsed.add(reading);
            }
        }
        return rehearsed;
    }
}
