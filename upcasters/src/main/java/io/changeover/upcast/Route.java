package io.changeover.upcast;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How the events of a step go up, and how its targets come down again. */
interface Route {

    /** Changes the tree in place; the events that come of it, in order. */
    List<EventTree> up(EventTree event, Origin origin, EventSteps steps);

    /** Every revision that the step can lead to. */
    List<Revision> targets();

    /** The ways down, by target. */
    Map<Revision, Down> downs();

    /** As {@link Change#fieldBefore}, on the way up to this target. */
    default @Nullable String fieldBefore(Revision reached, String field) {
        return null;
    }

    List<Loss> lossesUp();

    /** What the way up to this target loses. */
    default List<Loss> lossesUp(Revision reached) {
        return lossesUp();
    }

    /** What must each be met by some sample. */
    List<Change> parts();

    /** Puts values that the way up takes without loss into a generated older payload. */
    void exemplify(ObjectNode payload, Origin origin, RandomGenerator random);

    /** The way down from one target. */
    interface Down {

        /** Changes the payload in place, to that of the step's first source. */
        void apply(ObjectNode payload, Origin origin);

        List<Loss> losses();

        /** Puts values that the way down takes without loss into a generated newer payload. */
        void exemplify(ObjectNode payload, Origin origin, RandomGenerator random);
    }

    /** The way down that undoes changes. */
    record Undo(Changes changes) implements Down {

        @Override
        public void apply(ObjectNode payload, Origin origin) {
            changes.down(payload, origin);
        }

        @Override
        public List<Loss> losses() {
            return changes.lossesDown();
        }

        @Override
        public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
            changes.exemplifyNewer(payload, origin, random);
        }
    }

    /** One event stays one event. */
    record Straight(Revision target, Changes changes, Change mark) implements Route {

        @Override
        public List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
            origin.probe().matched(mark);
            changes.up(event.payload(), origin);
            return List.of(EventTree.of(target, event.payload()));
        }

        @Override
        public List<Revision> targets() {
            return List.of(target);
        }

        @Override
        public @Nullable String fieldBefore(Revision reached, String field) {
            return changes.fieldBefore(field);
        }

        @Override
        public Map<Revision, Down> downs() {
            return Map.of(target, new Undo(changes));
        }

        @Override
        public List<Loss> lossesUp() {
            return changes.lossesUp();
        }

        @Override
        public List<Change> parts() {
            return plus(mark, changes.parts());
        }

        @Override
        public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
            changes.exemplifyOlder(payload, origin, random);
        }
    }

    /** The event says nothing that is wanted any more. */
    record Dropped(Loss loss, Change mark) implements Route {

        @Override
        public List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
            origin.probe().matched(mark);
            return List.of();
        }

        @Override
        public List<Revision> targets() {
            return List.of();
        }

        @Override
        public Map<Revision, Down> downs() {
            return Map.of();
        }

        @Override
        public List<Loss> lossesUp() {
            return List.of(loss);
        }

        @Override
        public List<Change> parts() {
            return List.of(mark);
        }

        @Override
        public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {}
    }

    static List<Change> plus(Change first, List<Change> others) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), others.stream())
                .toList();
    }
}
