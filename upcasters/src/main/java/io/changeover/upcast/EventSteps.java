package io.changeover.upcast;

import io.changeover.event.EventTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All steps of an application, as one graph over revisions. Immutable and safe for use by several threads. */
public final class EventSteps {

    private final Map<Revision, EventStep> bySource;
    private final Map<Revision, Function<ObjectNode, EventTree>> downs;
    private final Set<String> renamed;

    private EventSteps(Map<Revision, EventStep> bySource, Map<Revision, Function<ObjectNode, EventTree>> downs) {
        this.bySource = Map.copyOf(bySource);
        this.downs = Map.copyOf(downs);
        this.renamed = bySource.values().stream()
                .filter(EventStep::mayRename)
                .map(step -> step.source().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A graph without steps: every event is current. */
    public static EventSteps none() {
        return new EventSteps(Map.of(), Map.of());
    }

    /**
     * Joins the steps and checks them against the classes that will read the result.
     *
     * @throws InvalidEventStepsException naming every problem at once: two steps from one revision, a chain that does
     *     not end at the revision of today's class, a chain that comes back to where it began, two ways down from one
     *     revision
     */
    public static EventSteps of(Collection<EventStep> steps, EventTypes eventTypes) {
        List<String> problems = new ArrayList<>();
        Map<Revision, EventStep> bySource = new LinkedHashMap<>();
        Map<Revision, Function<ObjectNode, EventTree>> downs = new HashMap<>();
        for (EventStep step : steps) {
            if (bySource.put(step.source(), step) != null) {
                problems.add(
                        "two steps leave revision '%s' but each revision has one; remove one".formatted(step.source()));
            }
            step.downs().forEach((target, down) -> {
                if (downs.put(target, down) != null) {
                    problems.add("two steps lead down from revision '%s' but each revision has one way down; remove one"
                            .formatted(target));
                }
            });
        }
        for (EventStep step : bySource.values()) {
            for (Revision target : step.downs().keySet()) {
                boolean current = eventTypes
                        .currentRevision(target.name())
                        .filter(target.revision()::equals)
                        .isPresent();
                if (!current && !bySource.containsKey(target)) {
                    problems.add(
                            "the step from '%s' leads to '%s', which is neither the revision of today's class (%s) nor the source of another step; add the missing step or correct the class"
                                    .formatted(
                                            step.source(),
                                            target,
                                            eventTypes
                                                    .currentRevision(target.name())
                                                    .orElse("there is none")));
                }
            }
        }
        for (Revision source : bySource.keySet()) {
            if (reachable(source, bySource).contains(source)) {
                problems.add(
                        "the step from '%s' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision"
                                .formatted(source));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidEventStepsException(problems);
        }
        return new EventSteps(bySource, downs);
    }

    private static Set<Revision> reachable(Revision source, Map<Revision, EventStep> bySource) {
        Set<Revision> reached = new HashSet<>();
        Deque<Revision> open = new ArrayDeque<>(Set.of(source));
        while (!open.isEmpty()) {
            EventStep step = bySource.get(open.remove());
            if (step != null) {
                step.downs().keySet().stream().filter(reached::add).forEach(open::add);
            }
        }
        return reached;
    }

    /** Whether nothing has to be done to read this revision. A null revision counts as the empty one. */
    public boolean isCurrent(String name, @Nullable String revision) {
        return !bySource.containsKey(new Revision(name, revision == null ? "" : revision));
    }

    /** Whether some step may turn an event of this name into one of another name. */
    public boolean mayRename(String name) {
        return renamed.contains(name);
    }

    /**
     * Takes the event up as far as steps lead.
     *
     * @return the events that come of it, usually one, in order; empty where a step drops the event
     * @throws RuntimeException whatever a step throws for a payload that it cannot convert
     */
    public List<EventTree> up(EventTree event) {
        EventStep step = bySource.get(event.key());
        if (step == null) {
            return List.of(event);
        }
        List<EventTree> next = step.up(event.payload());
        if (next.size() == 1) {
            return up(next.get(0));
        }
        List<EventTree> all = new ArrayList<>();
        for (EventTree each : next) {
            all.addAll(up(each));
        }
        return all;
    }

    /**
     * Takes the event down until it is in a revision that the reader knows.
     *
     * @param known whether the reader knows a revision
     * @throws NoWayDownException when no step leads down to such a revision
     */
    public EventTree down(EventTree event, Predicate<Revision> known) {
        EventTree current = event;
        Set<Revision> seen = new HashSet<>();
        while (!known.test(current.key())) {
            Function<ObjectNode, EventTree> down = downs.get(current.key());
            if (down == null || !seen.add(current.key())) {
                throw new NoWayDownException(event.key(), current.key());
            }
            current = down.apply(current.payload());
        }
        return current;
    }
}
