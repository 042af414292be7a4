package io.changeover.kit;

import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Loss;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Two revisions of which steps lead from the first to the second. */
record Pair(Revision from, Revision to, boolean up) {

    static List<Pair> all(EventSteps steps) {
        List<Pair> pairs = new ArrayList<>();
        for (Revision from : steps.revisions()) {
            steps.reachable(from).stream().sorted(EventSteps.ORDER).forEach(to -> pairs.add(new Pair(from, to, true)));
            steps.reachableDown(from).forEach(to -> pairs.add(new Pair(from, to, false)));
        }
        return List.copyOf(pairs);
    }

    /** Where the way back ends: of several revisions of one shape it knows the first. */
    Revision home(EventSteps steps) {
        EventStep leaving = steps.stepFrom(from);
        return up && leaving != null ? leaving.sources().get(0) : from;
    }

    /** Whether a way leads back. */
    boolean hasWayBack(EventSteps steps) {
        return !up || steps.reachableDown(to).contains(home(steps));
    }

    /** What the way there loses of any value, as declared. */
    Set<Loss> unboundedLosses(EventSteps steps) {
        Set<Loss> losses = new LinkedHashSet<>();
        for (Hop hop : hops(steps)) {
            (up ? hop.step().lossesUp(hop.newer()) : hop.step().lossesDown(hop.newer()))
                    .stream().filter(loss -> !loss.bounded()).forEach(losses::add);
        }
        return losses;
    }

    /** Whether a step on the way may need earlier events, which a generated payload does not have. */
    boolean needsContext(EventSteps steps) {
        return hops(steps).stream().anyMatch(hop -> hop.step().isRaw());
    }

    private record Hop(EventStep step, Revision newer) {}

    private List<Hop> hops(EventSteps steps) {
        List<Hop> hops = new ArrayList<>();
        if (up) {
            Set<Revision> on = new LinkedHashSet<>(Set.of(from));
            on.addAll(steps.reachable(from));
            for (Revision older : on) {
                EventStep step = steps.stepFrom(older);
                if (step != null) {
                    step.targets().stream()
                            .filter(newer -> leadsTo(steps, newer))
                            .forEach(newer -> hops.add(new Hop(step, newer)));
                }
            }
            return hops;
        }
        Revision at = from;
        EventStep step = steps.stepDownFrom(at);
        while (step != null && !at.equals(to)) {
            hops.add(new Hop(step, at));
            at = step.sources().get(0);
            step = steps.stepDownFrom(at);
        }
        return hops;
    }

    /** The end, and every revision from which nothing leads there: another branch of a split is none of this pair's. */
    static Predicate<Revision> endOfWayTo(Revision end, EventSteps steps) {
        return revision -> !steps.reachable(revision).contains(end);
    }

    /** Whether the revision is the end or lies before it. */
    boolean leadsTo(EventSteps steps, Revision revision) {
        return revision.equals(to) || steps.reachable(revision).contains(to);
    }

    @Override
    public String toString() {
        return "'%s' to '%s'".formatted(from, to);
    }
}
