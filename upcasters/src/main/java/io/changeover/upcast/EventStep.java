package io.changeover.upcast;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step between two revisions of an event, in both directions. Steps are pure: the same payload gives the same
 * result, whenever and wherever. Immutable.
 *
 * <pre>{@code
 * EventStep.from("payment.received", 1).to(2, payload -> payload
 *         .convert("amount", Conversions.numberToMoney("USD", 2))
 *         .rename("checkNumber", "reference")
 *         .add("method", "CHECK", "by which other means it was paid"))
 * }</pre>
 */
public final class EventStep {

    private final List<Revision> sources;
    private final Route route;
    private final @Nullable String noWayDown;
    private final Map<Revision, Route.Down> downs;

    private EventStep(List<Revision> sources, Route route, @Nullable String noWayDown) {
        this.sources = List.copyOf(sources);
        this.route = route;
        this.noWayDown = noWayDown;
        this.downs = noWayDown == null ? Map.copyOf(route.downs()) : Map.of();
    }

    /** Begins a step that leaves the given revision. */
    public static Begun from(String name, int revision) {
        return new Begun(List.of(Revision.of(name, revision)));
    }

    /**
     * Begins a step that leaves several revisions of one shape, such as {@code Revision.none("x")} and
     * {@code Revision.empty("x")}, which are different.
     *
     * @param first the revision that the way down leads to
     */
    public static Begun from(Revision first, Revision... others) {
        return new Begun(
                java.util.stream.Stream.concat(java.util.stream.Stream.of(first), java.util.stream.Stream.of(others))
                        .toList());
    }

    /**
     * The same step without its way down, for a change that earlier readers cannot be told of.
     *
     * @param reason why, as a sentence for whoever meets it
     */
    public EventStep withoutWayDown(String reason) {
        return new EventStep(sources, route, reason);
    }

    /** The revisions that this step leaves; never empty. */
    public List<Revision> sources() {
        return sources;
    }

    /** The revisions that this step can lead to; empty where it drops the event. */
    public List<Revision> targets() {
        return route.targets();
    }

    /** What the way up loses, as declared. */
    public List<Loss> lossesUp() {
        return route.lossesUp();
    }

    /** What the way up to this target loses, as declared; of other targets nothing, not even that events are dropped. */
    public List<Loss> lossesUp(Revision target) {
        return targets().contains(target) ? route.lossesUp(target) : List.of();
    }

    /** What the way down from this target loses, as declared; empty where there is no way down. */
    public List<Loss> lossesDown(Revision target) {
        Route.Down down = downs.get(target);
        return down == null ? List.of() : down.losses();
    }

    /** Why the step has no way down, as declared; null where it has one. */
    public @Nullable String noWayDown() {
        return noWayDown;
    }

    /** As {@link #exemplifyUp(ObjectNode, Origin, RandomGenerator)}, for a payload that belongs to no stored event. */
    public void exemplifyUp(ObjectNode payload, RandomGenerator random) {
        exemplifyUp(payload, Origin.unknown(), random);
    }

    /**
     * Puts values that the way up takes without loss into a generated payload of the step's source, in place.
     *
     * @throws RuntimeException whatever a change before the one with examples throws for the payload
     */
    public void exemplifyUp(ObjectNode payload, Origin origin, RandomGenerator random) {
        route.exemplify(payload, origin, random);
    }

    /** As {@link #exemplifyDown(Revision, ObjectNode, Origin, RandomGenerator)}, for a payload without stored event. */
    public void exemplifyDown(Revision target, ObjectNode payload, RandomGenerator random) {
        exemplifyDown(target, payload, Origin.unknown(), random);
    }

    /**
     * Puts values that the way down from the target takes without loss into a generated payload of it, in place.
     *
     * @throws RuntimeException whatever a change before the one with examples throws for the payload
     */
    public void exemplifyDown(Revision target, ObjectNode payload, Origin origin, RandomGenerator random) {
        Route.Down down = downs.get(target);
        if (down != null) {
            down.exemplify(payload, origin, random);
        }
    }

    /** The changes of a step that makes one event of one, or null for any other step. */
    @Nullable
    Changes straight() {
        return route instanceof Route.Straight straight ? straight.changes() : null;
    }

    /** Whether the step may need the earlier events of an aggregate, so that one payload alone says little about it. */
    public boolean isRaw() {
        return route instanceof RawRoute;
    }

    /** As {@link Change#fieldBefore}, on the way up to this target. */
    @Nullable
    String fieldBefore(Revision reached, String field) {
        return route.fieldBefore(reached, field);
    }

    Map<Revision, Route.Down> downs() {
        return downs;
    }

    /** Targets to which more than one case of a split leads, each of which would have a way down of its own. */
    Set<Revision> ambiguousDowns() {
        Set<Revision> seen = new HashSet<>();
        return noWayDown == null && route instanceof Split.ByValue
                ? route.targets().stream()
                        .filter(target -> !seen.add(target))
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : Set.of();
    }

    List<Change> parts() {
        return route.parts();
    }

    List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
        return route.up(event, origin, steps);
    }

    @Override
    public String toString() {
        return "step from " + sources.get(0);
    }

    /** A step whose source is known, waiting for where it leads. */
    public static final class Begun {

        private final List<Revision> sources;

        private Begun(List<Revision> sources) {
            this.sources = sources;
        }

        /** Leads to another revision of the same event. */
        public EventStep to(int revision, Consumer<Changes> changes) {
            return to(sources.get(0).name(), revision, changes);
        }

        /** Leads to an event of another name. */
        public EventStep to(String name, int revision, Consumer<Changes> changes) {
            return step(new Route.Straight(Revision.of(name, revision), Changes.of(changes), mark()));
        }

        /** Leads to one of several events, as the text at the path says. */
        public EventStep splitBy(String path, Consumer<Split> cases) {
            Split split = new Split(path);
            cases.accept(split);
            return step(split.route());
        }

        /** Leads to several events at once. */
        public EventStep splitInto(Consumer<Parts> into) {
            Parts parts = new Parts();
            into.accept(parts);
            return step(parts.route(mark()));
        }

        /**
         * Leads nowhere: such events are left out from now on.
         *
         * @param lostUp what newer readers do not learn, as a phrase after "this loses"
         */
        public EventStep drop(String lostUp) {
            return step(new Route.Dropped(Loss.of(lostUp), mark()));
        }

        /**
         * Hands the events to an upcaster of Axon's, for what needs context or merges several events. It gets the events
         * of one aggregate in their order, from the first to the one in question, each as far up as other steps lead;
         * what it makes of the last one is the result. So it does not matter where a reader begins, nor what it has
         * seen before. The price is one query for each event of such a step.
         *
         * <p>There is no way down.
         *
         * @param upcaster must treat each stream that it is given by itself
         * @param targets every revision that can come of it
         */
        public EventStep raw(EventUpcaster upcaster, Revision... targets) {
            return new EventStep(
                    sources,
                    new RawRoute(upcaster, List.of(targets), mark()),
                    "its step hands the event to an upcaster of Axon's, which knows no way back");
        }

        private EventStep step(Route route) {
            return new EventStep(sources, route, null);
        }

        private Change mark() {
            return new Change.Mark("the whole step");
        }
    }
}
