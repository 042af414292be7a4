package io.changeover.upcast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One event that becomes one of several, as a value of it says. The value itself is removed on the way up, because the
 * name of the new event says it, and put back on the way down. A value that no case names is refused.
 */
public final class Split {

    private record Case(
            Change mark,
            Predicate<JsonNode> fits,
            JsonNode restored,
            @Nullable Revision target,
            Changes changes,
            @Nullable Loss dropped) {}

    private final Path path;
    private final Changes first = new Changes();
    private final List<Case> cases = new ArrayList<>();

    Split(String path) {
        this.path = Path.of(path);
    }

    /** Changes made before the value is looked at, such as one spelling for each text. */
    public Split first(Consumer<Changes> changes) {
        changes.accept(first);
        return this;
    }

    /** The event that becomes of this text. */
    public Split when(String value, String name, int revision, Consumer<Changes> changes) {
        JsonNode node = JsonNodeFactory.instance.stringNode(value);
        return when("'" + value + "'", node::equals, node, name, revision, changes);
    }

    /**
     * The event that becomes of each value that fulfils a condition. No two cases may fit one value.
     *
     * @param description the condition in words, for messages
     * @param restored value that the way down puts back
     */
    public Split when(
            String description,
            Predicate<JsonNode> condition,
            JsonNode restored,
            String name,
            int revision,
            Consumer<Changes> changes) {
        cases.add(new Case(
                new Change.Mark("case " + description),
                condition,
                restored,
                Revision.of(name, revision),
                Changes.of(changes),
                null));
        return this;
    }

    /**
     * Nothing becomes of events with this text.
     *
     * @param lostUp what newer readers do not learn, as a phrase after "this loses"
     */
    public Split drop(String value, String lostUp) {
        JsonNode node = JsonNodeFactory.instance.stringNode(value);
        cases.add(new Case(
                new Change.Mark("case '" + value + "'"), node::equals, node, null, new Changes(), Loss.of(lostUp)));
        return this;
    }

    Route route() {
        return new ByValue(path, first, List.copyOf(cases));
    }

    record ByValue(Path path, Changes first, List<Case> cases) implements Route {

        @Override
        public List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
            ObjectNode payload = event.payload();
            first.up(payload, origin);
            JsonNode value = path.take(payload);
            Case chosen = choose(value == null ? payload.nullNode() : value, origin);
            origin.probe().matched(chosen.mark());
            if (chosen.target() == null) {
                return List.of();
            }
            chosen.changes().up(payload, origin);
            return List.of(EventTree.of(chosen.target(), payload));
        }

        private Case choose(JsonNode value, Origin origin) {
            Case chosen = null;
            for (Case each : cases) {
                if (each.fits().test(value)) {
                    if (origin.probe() == Probe.OFF) {
                        return each;
                    }
                    if (chosen == null) {
                        chosen = each;
                    } else {
                        origin.probe()
                                .ambiguous(chosen.mark().toString(), each.mark().toString());
                    }
                }
            }
            if (chosen == null) {
                throw new StepRefusedException(
                        path.toString(),
                        "field '%s' is %s but must be one of %s to be split; add a case to the step"
                                .formatted(
                                        path,
                                        Trees.brief(value),
                                        cases.stream()
                                                .map(each ->
                                                        each.mark().toString().substring("case ".length()))
                                                .toList()));
            }
            return chosen;
        }

        @Override
        public List<Revision> targets() {
            return cases.stream()
                    .flatMap(each -> Stream.ofNullable(each.target()))
                    .toList();
        }

        @Override
        public @Nullable String fieldBefore(Revision reached, String field) {
            Set<@Nullable String> befores = new HashSet<>();
            for (Case each : cases) {
                if (reached.equals(each.target())) {
                    String split = each.changes().fieldBefore(field);
                    befores.add(split == null || path.root().equals(split) ? null : first.fieldBefore(split));
                }
            }
            return befores.size() == 1 ? befores.iterator().next() : null;
        }

        @Override
        public Map<Revision, Down> downs() {
            Map<Revision, Down> downs = new LinkedHashMap<>();
            for (Case each : cases) {
                if (each.target() != null) {
                    downs.put(each.target(), new UndoCase(each));
                }
            }
            return downs;
        }

        @Override
        public List<Loss> lossesUp() {
            return Stream.of(
                            first.lossesUp().stream(),
                            cases.stream().flatMap(each -> Stream.ofNullable(each.dropped())),
                            cases.stream().flatMap(each -> each.changes().lossesUp().stream()))
                    .flatMap(losses -> losses)
                    .toList();
        }

        @Override
        public List<Loss> lossesUp(Revision reached) {
            return Stream.concat(
                            first.lossesUp().stream(),
                            cases.stream()
                                    .filter(each -> reached.equals(each.target()))
                                    .flatMap(each -> each.changes().lossesUp().stream()))
                    .toList();
        }

        @Override
        public List<Change> parts() {
            List<Change> parts = new ArrayList<>(first.parts());
            cases.forEach(
                    each -> parts.addAll(Route.plus(each.mark(), each.changes().parts())));
            return parts;
        }

        @Override
        public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
            first.exemplifyOlder(payload, origin, random);
            ObjectNode without = payload.deepCopy();
            first.up(without, origin);
            ObjectNode with = without.deepCopy();
            Case chosen = cases.get(random.nextInt(cases.size()));
            path.take(with);
            chosen.changes().exemplifyOlder(with, origin, random);
            path.set(with, chosen.restored());
            first.down(without, origin);
            first.down(with, origin);
            ExampleMerge.into(payload, without, with);
        }

        private final class UndoCase implements Down {

            private final Case undone;

            private UndoCase(Case undone) {
                this.undone = undone;
            }

            @Override
            public void apply(ObjectNode payload, Origin origin) {
                undone.changes().down(payload, origin);
                path.put(payload, undone.restored());
                first.down(payload, origin);
            }

            @Override
            public List<Loss> losses() {
                return Stream.concat(undone.changes().lossesDown().stream(), first.lossesDown().stream())
                        .toList();
            }

            @Override
            public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {
                undone.changes().exemplifyNewer(payload, origin, random);
                ObjectNode without = payload.deepCopy();
                undone.changes().down(without, origin);
                path.put(without, undone.restored());
                ObjectNode with = without.deepCopy();
                first.exemplifyNewer(with, origin, random);
                if (!with.equals(without)) {
                    redo(without, origin);
                    redo(with, origin);
                    ExampleMerge.into(payload, without, with);
                }
            }

            private void redo(ObjectNode payload, Origin origin) {
                path.take(payload);
                undone.changes().up(payload, origin);
            }
        }
    }
}
