package io.changeover.upcast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event that becomes several, each from a copy of its payload, in the order in which they are named. All of them
 * keep the position of the stored event. One part at most can lead down again to the whole; what it does not have is
 * lost on the way.
 */
public final class Parts {

    private record Part(Revision target, Changes changes, boolean leadsDown) {}

    private final List<Part> parts = new ArrayList<>();

    Parts() {}

    /** The part that leads down to the whole again. */
    public Parts main(String name, int revision, Consumer<Changes> changes) {
        parts.add(new Part(Revision.of(name, revision), Changes.of(changes), true));
        return this;
    }

    /** A further part; it has no way down, because the whole comes of the main part. */
    public Parts also(String name, int revision, Consumer<Changes> changes) {
        parts.add(new Part(Revision.of(name, revision), Changes.of(changes), false));
        return this;
    }

    Route route(Change mark) {
        return new Several(List.copyOf(parts), mark);
    }

    private record Several(List<Part> of, Change mark) implements Route {

        @Override
        public List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
            origin.probe().matched(mark);
            List<EventTree> events = new ArrayList<>(of.size());
            for (Part part : of) {
                ObjectNode payload = event.payload().deepCopy();
                part.changes().up(payload, origin);
                events.add(EventTree.of(part.target(), payload));
            }
            return events;
        }

        @Override
        public List<Revision> targets() {
            return of.stream().map(Part::target).toList();
        }

        @Override
        public Map<Revision, Down> downs() {
            Map<Revision, Down> downs = new LinkedHashMap<>();
            of.stream().filter(Part::leadsDown).forEach(part -> downs.put(part.target(), new UndoMain(part.changes())));
            return downs;
        }

        @Override
        public List<Loss> lossesUp() {
            return of.stream()
                    .filter(Part::leadsDown)
                    .flatMap(part -> part.changes().lossesUp().stream())
                    .toList();
        }

        @Override
        public List<Loss> lossesUp(Revision reached) {
            return of.stream()
                    .filter(part -> part.target().equals(reached))
                    .flatMap(part -> part.changes().lossesUp().stream())
                    .toList();
        }

        @Override
        public List<Change> parts() {
            return Route.plus(
                    mark,
                    of.stream().flatMap(part -> part.changes().parts().stream()).toList());
        }

        @Override
        public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
            // The main part comes last: its values are held to the round trip, those of the others only to be taken.
            Stream.concat(
                            of.stream().filter(part -> !part.leadsDown()),
                            of.stream().filter(Part::leadsDown))
                    .forEach(part -> part.changes().exemplifyOlder(payload, origin, random));
        }

        private final class UndoMain implements Down {

            private final Changes main;

            private UndoMain(Changes main) {
                this.main = main;
            }

            @Override
            public void apply(ObjectNode payload, Origin origin) {
                main.down(payload, origin);
            }

            @Override
            public List<Loss> losses() {
                return main.lossesDown();
            }

            @Override
            public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
                main.exemplifyNewer(payload, origin, random);
                ObjectNode without = payload.deepCopy();
                main.down(without, origin);
                // The whole must be one that the other parts can be made of again.
                ObjectNode with = without.deepCopy();
                of.stream().filter(part -> !part.leadsDown()).forEach(part -> part.changes()
                        .exemplifyOlder(with, origin, random));
                if (!with.equals(without)) {
                    main.up(without, origin);
                    main.up(with, origin);
                    ExampleMerge.into(payload, without, with);
                }
            }
        }
    }
}
