package io.changeover.upcast;

import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All steps of an application, as one graph over revisions, with what the application's classes can read of it.
 * Immutable and safe for use by several threads.
 */
public final class EventSteps {

    /** What has to be done with a stored event before the application's class can read it. */
    public enum Reading {
        /** Nothing: the class has this revision. */
        CURRENT,
        /** Steps lead up from it. */
        UP,
        /** It is newer than the class; steps lead down from it. */
        DOWN,
        /** No class and no step knows the name: not an event of this application. */
        FOREIGN,
        /** The name is known, but neither the class nor a step knows the revision. */
        UNKNOWN
    }

    private final Map<Revision, EventStep> bySource;
    private final Map<Revision, EventStep> byTarget;
    private final Map<String, Map<String, Plan>> plans;
    private final Map<String, Plan> plansWithoutRevision;
    private final Map<String, Set<String>> namesReachedFrom;
    private final Map<String, String> current;
    private final Map<Revision, Set<Revision>> reachable;
    private final List<EventStep> steps;

    private EventSteps(
            List<EventStep> steps,
            Map<Revision, EventStep> bySource,
            Map<Revision, EventStep> byTarget,
            EventTypes eventTypes) {
        this.steps = List.copyOf(steps);
        this.bySource = Map.copyOf(bySource);
        this.byTarget = Map.copyOf(byTarget);
        this.current = eventTypes.names().stream()
                .collect(Collectors.toUnmodifiableMap(
                        name -> name, name -> eventTypes.currentRevision(name).orElseThrow()));
        this.reachable = bySource.keySet().stream()
                .collect(Collectors.toUnmodifiableMap(source -> source, source -> reachable(source, bySource)));
        this.plans = new HashMap<>();
        this.plansWithoutRevision = new HashMap<>();
        for (Revision revision : revisions()) {
            Plan plan = plan(revision);
            plans.computeIfAbsent(revision.name(), name -> new HashMap<>());
            if (revision.revision() == null) {
                plansWithoutRevision.put(revision.name(), plan);
            } else {
                plans.get(revision.name()).put(revision.revision(), plan);
            }
        }
        this.namesReachedFrom = new HashMap<>();
        for (Revision revision : revisions()) {
            Set<String> names = namesReachedFrom.computeIfAbsent(revision.name(), name -> new HashSet<>());
            ways(revision).forEach(reached -> names.add(reached.name()));
        }
    }

    /**
     * What to do with the events of one revision, worked out once.
     *
     * @param straight the changes of all steps from here to the class, where each of them makes one event of one
     * @param end the revision that they lead to
     */
    record Plan(Reading reading, @Nullable List<Changes> straight, Revision end) {}

    private Plan plan(Revision revision) {
        Reading reading = work(revision);
        List<Changes> changes = new ArrayList<>();
        Revision at = revision;
        while (reading == Reading.UP && !isCurrent(at)) {
            EventStep step = bySource.get(at);
            Changes straight = step == null ? null : step.straight();
            if (step == null || straight == null) {
                return new Plan(reading, null, at);
            }
            changes.add(straight);
            at = step.targets().get(0);
        }
        return new Plan(reading, reading == Reading.UP ? List.copyOf(changes) : null, at);
    }

    @Nullable
    Plan planFor(String name, @Nullable String revision) {
        if (revision == null) {
            return plansWithoutRevision.get(name);
        }
        Map<String, Plan> known = plans.get(name);
        return known == null ? null : known.get(revision);
    }

    private Reading work(Revision revision) {
        if (isCurrent(revision)) {
            return Reading.CURRENT;
        }
        if (bySource.containsKey(revision) && reachable(revision).stream().noneMatch(this::comesAfterCurrent)) {
            return Reading.UP;
        }
        return below(revision).isPresent() ? Reading.DOWN : Reading.UP;
    }

    /** Whether an application that was rolled back is older than the revision. */
    private boolean comesAfterCurrent(Revision revision) {
        return !isCurrent(revision) && !bySource.containsKey(revision);
    }

    private boolean isCurrent(Revision revision) {
        return revision.revision() != null && revision.revision().equals(current.get(revision.name()));
    }

    private Optional<Revision> below(Revision revision) {
        Revision at = revision;
        Set<Revision> seen = new HashSet<>();
        while (seen.add(at)) {
            if (isCurrent(at)) {
                return Optional.of(at);
            }
            EventStep step = byTarget.get(at);
            if (step == null) {
                return Optional.empty();
            }
            at = step.sources().get(0);
        }
        return Optional.empty();
    }

    /** A graph without steps: every event is current. */
    public static EventSteps none(EventTypes eventTypes) {
        return of(List.of(), eventTypes);
    }

    /**
     * Joins the steps and checks them against the classes that will read the result.
     *
     * @throws InvalidEventStepsException naming every problem at once; see {@link #problems}
     */
    public static EventSteps of(Collection<EventStep> steps, EventTypes eventTypes) {
        List<String> problems = problems(steps, eventTypes);
        if (!problems.isEmpty()) {
            throw new InvalidEventStepsException(problems);
        }
        return graph(steps, eventTypes);
    }

    /**
     * Joins the steps of a later release with the classes of an earlier one, for an application that was rolled back:
     * what the later release has stored is read through the ways down. Chains may lead beyond the classes here, and a
     * class need not be reached; everything else is checked as usual.
     *
     * @throws InvalidEventStepsException naming every problem at once
     */
    public static EventSteps rolledBack(Collection<EventStep> steps, EventTypes eventTypes) {
        List<String> problems = new StepGraphCheck(steps, eventTypes).problemsWithoutClasses();
        if (!problems.isEmpty()) {
            throw new InvalidEventStepsException(problems);
        }
        return graph(steps, eventTypes);
    }

    private static EventSteps graph(Collection<EventStep> steps, EventTypes eventTypes) {
        Map<Revision, EventStep> bySource = new LinkedHashMap<>();
        Map<Revision, EventStep> byTarget = new LinkedHashMap<>();
        for (EventStep step : steps) {
            step.sources().forEach(source -> bySource.put(source, step));
            step.downs().keySet().forEach(target -> byTarget.put(target, step));
        }
        return new EventSteps(List.copyOf(steps), bySource, byTarget, eventTypes);
    }

    /**
     * What is wrong with the steps as a graph, each as a sentence with revision and remedy, in a fixed order: two steps
     * from one revision, two ways down from one, a gap in a chain, a chain that does not end at the revision of today's
     * class, a chain that comes back to where it began, a revision below the class that no step leaves.
     */
    public static List<String> problems(Collection<EventStep> steps, EventTypes eventTypes) {
        return new StepGraphCheck(steps, eventTypes).problems();
    }

    /** The steps, in the order in which they were given. */
    public List<EventStep> steps() {
        return steps;
    }

    /** Those of these steps that are in this graph, as it has them; a team's steps may be made anew each time it is asked. */
    public List<EventStep> own(Collection<EventStep> others) {
        return others.stream()
                .flatMap(step -> Stream.ofNullable(bySource.get(step.sources().get(0))))
                .distinct()
                .toList();
    }

    /** The step that leaves the revision, or null. */
    public @Nullable EventStep stepFrom(Revision source) {
        return bySource.get(source);
    }

    /** The step whose way down leaves the revision, or null. */
    public @Nullable EventStep stepDownFrom(Revision target) {
        return byTarget.get(target);
    }

    /** Every revision that a step or a class knows, ordered by name and revision. */
    public List<Revision> revisions() {
        Set<Revision> all = new LinkedHashSet<>();
        for (EventStep step : steps) {
            all.addAll(step.sources());
            all.addAll(step.targets());
        }
        current.forEach((name, revision) -> all.add(new Revision(name, revision)));
        return all.stream().sorted(ORDER).toList();
    }

    /** By name, then by revision: none, empty, numbers by value, everything else as text. */
    public static final Comparator<Revision> ORDER = Comparator.comparing(Revision::name)
            .thenComparing(Revision::revision, Comparator.nullsFirst(Comparator.comparing(EventSteps::padded)));

    private static String padded(String revision) {
        boolean number = !revision.isEmpty() && revision.chars().allMatch(Character::isDigit);
        return number ? "0".repeat(Math.max(0, 20 - revision.length())) + revision : revision;
    }

    /** What has to be done to read an event of this name and revision. */
    public Reading reading(String name, @Nullable String revision) {
        Plan plan = planFor(name, revision);
        if (plan != null) {
            return plan.reading();
        }
        return plans.containsKey(name) ? Reading.UNKNOWN : Reading.FOREIGN;
    }

    /** The names of all events that an event stored under this name can be read as; never a wrong no. */
    public Set<String> namesReachedFrom(String name) {
        return namesReachedFrom.getOrDefault(name, Set.of(name));
    }

    /**
     * From which field of its stored payload an event's own field has its value, unchanged, for each revision that can be
     * read as the event.
     *
     * @param name name of an event of today
     * @param field name of a field of its payload itself
     * @return empty for a revision of which this cannot be told
     */
    public Map<Revision, Optional<String>> fieldOrigins(String name, String field) {
        Map<Revision, Optional<String>> origins = new HashMap<>();
        for (Revision revision : revisions()) {
            if (namesReachedFrom(revision.name()).contains(name)) {
                Set<Optional<String>> found = new HashSet<>();
                collectOrigins(revision, name, field, found);
                if (!found.isEmpty()) {
                    origins.put(revision, found.size() == 1 ? found.iterator().next() : Optional.empty());
                }
            }
        }
        return origins;
    }

    private void collectOrigins(Revision at, String name, String field, Set<Optional<String>> found) {
        Reading reading = work(at);
        if (reading == Reading.CURRENT) {
            if (at.name().equals(name)) {
                found.add(Optional.of(field));
            }
            return;
        }
        EventStep step = bySource.get(at);
        if (reading == Reading.DOWN || step == null) {
            found.add(Optional.empty());
            return;
        }
        for (Revision target : step.targets()) {
            Set<Optional<String>> further = new HashSet<>();
            collectOrigins(target, name, field, further);
            further.forEach(origin -> found.add(origin.map(later -> step.fieldBefore(target, later))));
        }
    }

    /** Every revision that steps lead to from this one, upwards, itself excluded. */
    public Set<Revision> reachable(Revision source) {
        return reachable.getOrDefault(source, Set.of());
    }

    private static Set<Revision> reachable(Revision source, Map<Revision, EventStep> bySource) {
        Set<Revision> reached = new LinkedHashSet<>();
        Deque<Revision> open = new ArrayDeque<>(Set.of(source));
        while (!open.isEmpty()) {
            EventStep step = bySource.get(open.remove());
            if (step != null) {
                step.targets().stream().filter(reached::add).forEach(open::add);
            }
        }
        return reached;
    }

    /** Every revision that ways down lead to from this one, itself excluded, the next first. */
    public Set<Revision> reachableDown(Revision target) {
        Set<Revision> reached = new LinkedHashSet<>();
        Revision at = target;
        EventStep step = byTarget.get(at);
        while (step != null && reached.add(step.sources().get(0))) {
            at = step.sources().get(0);
            step = byTarget.get(at);
        }
        return reached;
    }

    private Set<Revision> ways(Revision from) {
        Set<Revision> all = new LinkedHashSet<>(Set.of(from));
        all.addAll(reachable(from));
        all.addAll(reachableDown(from));
        return all;
    }

    /**
     * Takes the event up as far as steps lead.
     *
     * @param event its payload is changed
     * @return the events that come of it, usually one, in order; empty where a step drops the event
     * @throws RuntimeException whatever a step throws for a payload that it cannot convert
     */
    public List<EventTree> up(EventTree event, Origin origin) {
        return up(event, origin, revision -> false);
    }

    /** As {@link #up(EventTree, Origin)}, for a payload that belongs to no stored event. */
    public List<EventTree> up(EventTree event) {
        return up(event, Origin.unknown());
    }

    /** Takes the event up until it is in a revision that is wanted, or as far as steps lead. */
    public List<EventTree> up(EventTree event, Origin origin, Predicate<Revision> wanted) {
        Revision key = event.key();
        EventStep step = wanted.test(key) ? null : bySource.get(key);
        if (step == null) {
            return List.of(event);
        }
        List<EventTree> next = step.up(event, origin, this);
        if (next.size() == 1) {
            return up(next.get(0), origin, wanted);
        }
        List<EventTree> all = new ArrayList<>();
        for (EventTree each : next) {
            all.addAll(up(each, origin, wanted));
        }
        return all;
    }

    /** Takes an event up as far as steps without context lead: what a step with context sees of its past. */
    List<EventTree> upWithoutContext(StoredEvent stored, PayloadTrees trees) {
        return up(trees.event(stored), Origin.of(stored.time(), () -> trees.metadata(stored.metadata())), revision -> {
            EventStep step = bySource.get(revision);
            return step != null && step.isRaw();
        });
    }

    /**
     * Takes the event down until it is in a revision that the reader knows.
     *
     * @param event its payload is changed
     * @param known whether the reader knows a revision
     * @throws NoWayDownException when no step leads down to such a revision
     * @throws RuntimeException whatever a step throws for a payload that it cannot tell to earlier readers
     */
    public EventTree down(EventTree event, Predicate<Revision> known) {
        return down(event, Origin.unknown(), known);
    }

    /** As {@link #down(EventTree, Predicate)}, for an event that was stored. */
    public EventTree down(EventTree event, Origin origin, Predicate<Revision> known) {
        EventTree at = event;
        Set<Revision> seen = new HashSet<>();
        while (!known.test(at.key())) {
            Revision key = at.key();
            EventStep step = byTarget.get(key);
            Route.Down down = step == null ? null : step.downs().get(key);
            if (step == null || down == null || !seen.add(key)) {
                throw new NoWayDownException(event.key(), key, noWayDownFrom(key));
            }
            down.apply(at.payload(), origin);
            at = EventTree.of(step.sources().get(0), at.payload());
        }
        return at;
    }

    /** Why no way down leads from the revision, as a step that leads to it declares; null where none does. */
    public @Nullable String noWayDownFrom(Revision target) {
        return steps.stream()
                .filter(step -> step.noWayDown() != null && step.targets().contains(target))
                .map(EventStep::noWayDown)
                .findFirst()
                .orElse(null);
    }

    /**
     * Takes the event to the revision that a reader knows, whichever direction that is: an older event up, a newer one
     * down. This is what a reader of "revision 1 of the stream" gets.
     *
     * @param event its payload is changed
     * @param contract the revisions that the reader knows
     * @return the events that come of it, in order; empty where a step drops the event, and where it is none that the
     *     reader has ever known
     * @throws NoWayDownException when the reader knows the event, but neither direction leads to its revision
     * @throws RuntimeException whatever a step throws for a payload that it cannot convert
     */
    public List<EventTree> to(EventTree event, Origin origin, Contract contract) {
        Revision key = event.key();
        if (contract.knows(key)) {
            return List.of(event);
        }
        Set<Revision> above = reachable(key);
        if (bySource.containsKey(key) && (above.isEmpty() || above.stream().anyMatch(contract::knows))) {
            return up(event, origin, contract::knows).stream()
                    .flatMap(each -> contract.knows(each.key()) ? Stream.of(each) : down(each, origin, contract))
                    .toList();
        }
        return down(event, origin, contract).toList();
    }

    private Stream<EventTree> down(EventTree event, Origin origin, Contract contract) {
        return concerns(event.key(), contract) ? Stream.of(down(event, origin, contract::knows)) : Stream.empty();
    }

    /** Whether the reader knows the event in some revision, or something that it was made of. */
    public boolean concerns(Revision revision, Contract contract) {
        return contract.revisions().stream().anyMatch(known -> known.name().equals(revision.name()))
                || reachable(revision).stream().anyMatch(contract::knows)
                || contract.revisions().stream()
                        .anyMatch(known -> reachable(known).contains(revision));
    }

    /** Takes the event to the revisions of the application's classes, as {@link #reading} says. */
    List<EventTree> toClasses(EventTree event, Origin origin) {
        return toClasses(event, origin, planFor(event.name(), event.revision()));
    }

    List<EventTree> toClasses(EventTree event, Origin origin, @Nullable Plan plan) {
        if (plan != null && plan.straight() != null && origin.probe() == Probe.OFF) {
            for (Changes changes : plan.straight()) {
                changes.up(event.payload(), origin);
            }
            return List.of(EventTree.of(plan.end(), event.payload()));
        }
        if (plan != null && plan.reading() == Reading.DOWN) {
            return List.of(down(event, origin, this::isCurrent));
        }
        return up(event, origin, this::isCurrent);
    }

    /** The revisions that the steps and classes know under this name, for a message. */
    String known(String name) {
        return revisions().stream()
                .filter(revision -> revision.name().equals(name))
                .map(revision -> revision.revision() == null ? "none" : "'" + revision.revision() + "'")
                .collect(Collectors.joining(", "));
    }
}
