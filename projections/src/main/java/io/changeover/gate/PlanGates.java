package io.changeover.gate;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import io.changeover.plan.Plan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gates of plans: the built-in ones, and those of the team that a plan names. */
public final class PlanGates implements Gates {

    private static final Logger LOG = LoggerFactory.getLogger(PlanGates.class);

    /** What they wait for says nothing about how readers are served. */
    private static final Set<String> NEVER_A_BREACH = Set.of(NodesGate.NAME, QuietGate.NAME);

    private final List<Gate> builtIn;
    private final Map<String, Gate> beans = new LinkedHashMap<>();
    private final Clock clock;

    /**
     * @param builtIn gates that every plan asks
     * @param beans gates of the team, which are asked where a plan names them
     * @throws IllegalArgumentException when two gates have the same name
     */
    public PlanGates(List<Gate> builtIn, List<Gate> beans, Clock clock) {
        this.builtIn = List.copyOf(builtIn);
        this.clock = clock;
        for (Gate gate : beans) {
            boolean taken = this.builtIn.stream().anyMatch(other -> other.name().equals(gate.name()));
            if (taken || this.beans.put(gate.name(), gate) != null) {
                throw new IllegalArgumentException(
                        "Gate '%s' of %s has a name that another gate has, and a name means one gate; choose another one"
                                .formatted(gate.name(), gate.getClass().getName()));
            }
        }
    }

    @Override
    public List<GateReading> toPrepare(String view, Attempt attempt) {
        return read(view, attempt, named(Set.of(LagGate.NAME, NodesGate.NAME)));
    }

    @Override
    public List<GateReading> toVerify(String view, Attempt attempt) {
        return read(view, attempt, named(Set.of(LagGate.NAME)));
    }

    private List<Gate> named(Set<String> names) {
        return builtIn.stream().filter(gate -> names.contains(gate.name())).toList();
    }

    @Override
    public List<GateReading> toMove(String view, Attempt attempt) {
        return read(view, attempt, builtIn, planOf(attempt));
    }

    @Override
    public List<GateReading> toStay(String view, Attempt attempt) {
        return read(
                view,
                attempt,
                builtIn.stream()
                        .filter(gate -> !NEVER_A_BREACH.contains(gate.name()))
                        .toList(),
                planOf(attempt));
    }

    private List<GateReading> read(String view, Attempt attempt, List<Gate> own, Plan plan) {
        List<GateReading> readings = read(view, attempt, own);
        for (String name : plan.beans()) {
            Gate gate = beans.get(name);
            readings.add(
                    gate == null
                            ? GateReading.hold(
                                    name,
                                    "nothing",
                                    "a gate of that name",
                                    "this application has no bean of type Gate that is named '%s'; add it, or take it out of the plan"
                                            .formatted(name))
                            : read(gate, question(view, attempt)));
        }
        return List.copyOf(readings);
    }

    private List<GateReading> read(String view, Attempt attempt, List<Gate> gates) {
        GateQuestion question = question(view, attempt);
        List<GateReading> readings = new ArrayList<>();
        gates.forEach(gate -> readings.add(read(gate, question)));
        return readings;
    }

    private static GateReading read(Gate gate, GateQuestion question) {
        try {
            return gate.read(question);
        } catch (RuntimeException e) {
            LOG.warn("Gate {} could not be read, and holds view {}", gate.name(), question.view(), e);
            return GateReading.hold(
                    gate.name(),
                    "nothing",
                    "a reading",
                    "it failed with %s; see the log".formatted(e.getClass().getName()));
        }
    }

    private GateQuestion question(String view, Attempt attempt) {
        return new GateQuestion(view, attempt, planOf(attempt), clock.instant());
    }

    private static Plan planOf(Attempt attempt) {
        Plan plan = attempt.course().plan();
        return plan == null ? Plan.standard() : plan;
    }
}
