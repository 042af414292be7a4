package io.changeover.upcast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step from one revision of an event type to the next: what {@code up} makes of an old payload, and what
 * {@code down} makes of a new one. Steps are pure: the same payload gives the same result, whenever and wherever.
 *
 * <pre>{@code
 * EventStep.from("payment.received", 1)
 *         .up(payload -> Money.toMinorUnits(payload, "amount"))
 *         .down(payload -> Money.toFloatingPoint(payload, "amount"))
 * }</pre>
 */
public final class EventStep {

    private final Revision source;
    private final boolean mayRename;
    private final Function<ObjectNode, List<EventTree>> up;
    private final Map<Revision, Function<ObjectNode, EventTree>> downs;

    private EventStep(
            Revision source,
            boolean mayRename,
            Function<ObjectNode, List<EventTree>> up,
            Map<Revision, Function<ObjectNode, EventTree>> downs) {
        this.source = source;
        this.mayRename = mayRename;
        this.up = up;
        this.downs = Map.copyOf(downs);
    }

    /** Begins a step that leaves the given revision. */
    public static Builder from(String name, int revision) {
        return new Builder(Revision.of(name, revision));
    }

    /** The revision that this step leaves. */
    public Revision source() {
        return source;
    }

    /** Every revision that this step can lead to, as far as a way down was declared for it. */
    Map<Revision, Function<ObjectNode, EventTree>> downs() {
        return downs;
    }

    boolean mayRename() {
        return mayRename;
    }

    List<EventTree> up(ObjectNode payload) {
        return up.apply(payload);
    }

    /** Collects the two directions of a step. */
    public static final class Builder {

        private final Revision source;

        private Builder(Revision source) {
            this.source = source;
        }

        /** The next revision of the same event, made by changing the payload in place. */
        public OneToOne up(Consumer<ObjectNode> change) {
            Revision target = Revision.of(source.name(), Integer.parseInt(source.revision()) + 1);
            return new OneToOne(source, target, payload -> {
                change.accept(payload);
                return List.of(new EventTree(target.name(), target.revision(), payload));
            });
        }

        /**
         * An event that was split: the payload decides which events come of it, in which order. All of them keep the
         * position of the stored event. Name each possible target with {@link Split#down}.
         */
        public Split split(Function<ObjectNode, List<EventTree>> into) {
            return new Split(source, into);
        }
    }

    /** A step with one target, waiting for its way down. */
    public static final class OneToOne {

        private final Revision source;
        private final Revision target;
        private final Function<ObjectNode, List<EventTree>> up;

        private OneToOne(Revision source, Revision target, Function<ObjectNode, List<EventTree>> up) {
            this.source = source;
            this.target = target;
            this.up = up;
        }

        /** Gives the way down, made by changing the payload in place, and ends the step. */
        public EventStep down(Consumer<ObjectNode> change) {
            return new EventStep(source, false, up, Map.of(target, payload -> {
                change.accept(payload);
                return new EventTree(source.name(), source.revision(), payload);
            }));
        }
    }

    /** A split, waiting for the ways down of its targets. */
    public static final class Split {

        private final Revision source;
        private final Function<ObjectNode, List<EventTree>> up;
        private final Map<Revision, Function<ObjectNode, EventTree>> downs = new LinkedHashMap<>();

        private Split(Revision source, Function<ObjectNode, List<EventTree>> up) {
            this.source = source;
            this.up = up;
        }

        /** Gives the way down from one of the targets, made by changing the payload in place. */
        public Split down(String name, int revision, Consumer<ObjectNode> change) {
            downs.put(Revision.of(name, revision), payload -> {
                change.accept(payload);
                return new EventTree(source.name(), source.revision(), payload);
            });
            return this;
        }

        /** Ends the step. */
        public EventStep build() {
            return new EventStep(source, true, up, downs);
        }
    }

    @Override
    public String toString() {
        return "step from " + source;
    }
}
