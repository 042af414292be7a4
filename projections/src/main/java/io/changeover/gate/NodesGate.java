package io.changeover.gate;

import io.changeover.changeover.GateReading;
import java.util.List;
import java.util.function.Function;

/**
 * All nodes that are up route by the latest decision. It never refuses: a node that does not answer yet says nothing against
 * the new version, and would not go back either.
 */
final class NodesGate implements Gate {

    static final String NAME = "nodes";

    private final Function<String, List<String>> acknowledgedBy;
    private final Function<String, List<String>> awaited;

    NodesGate(Function<String, List<String>> acknowledgedBy, Function<String, List<String>> awaited) {
        this.acknowledgedBy = acknowledgedBy;
        this.awaited = awaited;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GateReading read(GateQuestion question) {
        String required = "all nodes that are up";
        if (!question.plan().limits().nodes()) {
            return GateReading.pass(NAME, "not asked", "nothing");
        }
        List<String> missing = awaited.apply(question.view());
        List<String> by = acknowledgedBy.apply(question.view());
        String measured = "acknowledged by %s".formatted(by.isEmpty() ? "no node" : String.join(", ", by));
        return missing.isEmpty() && !by.isEmpty()
                ? GateReading.pass(NAME, measured, required)
                : GateReading.hold(
                        NAME,
                        measured,
                        required,
                        "the latest decision is not acknowledged by %s; wait, or look at what hinders it"
                                .formatted(missing.isEmpty() ? "any node" : String.join(", ", missing)));
    }
}
