package io.changeover.upcast;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One change of a payload in both directions. Changes the tree in place. */
interface Change {

    void up(ObjectNode payload, Origin origin);

    void down(ObjectNode payload, Origin origin);

    default List<Loss> lossesUp() {
        return List.of();
    }

    default List<Loss> lossesDown() {
        return List.of();
    }

    /** The changes that must each meet a value in some sample. */
    default List<Change> parts() {
        return List.of(this);
    }

    /**
     * Which field of the payload before the way up holds the value that the field holds after it, unchanged.
     *
     * @param field name of a field of the payload itself, not of an object in it
     * @return null where the value may be another, or where that cannot be told
     */
    default @Nullable String fieldBefore(String field) {
        return null;
    }

    private static @Nullable String unless(boolean touched, String field) {
        return touched ? null : field;
    }

    /** Puts values that the way up takes without loss into a generated older payload. */
    default void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {}

    /** Puts values that the way down takes without loss into a generated newer payload. */
    default void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {}

    /** The value moves from one path to another. */
    record Move(Path from, Path to) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            move(payload, from, to, origin);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            move(payload, to, from, origin);
        }

        private void move(ObjectNode payload, Path source, Path target, Origin origin) {
            JsonNode value = source.take(payload);
            if (value != null) {
                origin.probe().matched(this);
                target.put(payload, value);
            }
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            if (to.isTopLevel() && to.leaf().equals(field)) {
                return unless(!from.isTopLevel(), from.leaf());
            }
            return unless(from.root().equals(field) || to.root().equals(field), field);
        }

        @Override
        public String toString() {
            return "move '%s' to '%s'".formatted(from, to);
        }
    }

    /** A field that the newer revision has and the older one does not. */
    record Add(Path path, boolean constant, Function<Derivation, JsonNode> value, @Nullable Loss lossDown)
            implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            path.put(payload, value(payload, origin));
            origin.probe().matched(this);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            JsonNode told = path.take(payload);
            if (told == null || lossDown != null) {
                return;
            }
            JsonNode meant = value(payload, origin);
            if (!Trees.same(told, meant)) {
                throw new StepRefusedException(
                        path.toString(),
                        "field '%s' is %s, but readers of the earlier revision do not have it and mean %s; move them to the later revision first, or declare the loss"
                                .formatted(path, Trees.brief(told), Trees.brief(meant)));
            }
        }

        private JsonNode value(ObjectNode payload, Origin origin) {
            return guarded(this, payload, origin, given -> value.apply(new Derivation((ObjectNode) given, origin)))
                    .deepCopy();
        }

        @Override
        public List<Loss> lossesDown() {
            return lossDown == null ? List.of() : List.of(lossDown.withBound());
        }

        @Override
        public void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
            path.take(payload);
            path.set(payload, value(payload, origin));
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(path.root().equals(field), field);
        }

        @Override
        public String toString() {
            return "%s '%s'".formatted(constant ? "add" : "derive", path);
        }
    }

    /** Another change in the other direction. */
    record Inverse(Change change, String what) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            change.down(payload, origin);
            origin.probe().matched(this);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            change.up(payload, origin);
        }

        @Override
        public List<Loss> lossesUp() {
            return change.lossesDown();
        }

        @Override
        public List<Loss> lossesDown() {
            return change.lossesUp();
        }

        @Override
        public void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {
            change.exemplifyNewer(payload, origin, random);
        }

        @Override
        public void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
            change.exemplifyOlder(payload, origin, random);
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(!field.equals(change.fieldBefore(field)), field);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /** Fields gathered into an object of their own; the lists name the same fields, outside and inside of it. */
    record Nest(Path into, List<Path> outside, List<Path> inside) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            ObjectNode gathered = payload.objectNode();
            for (int i = 0; i < outside.size(); i++) {
                JsonNode value = outside.get(i).take(payload);
                if (value != null) {
                    inside.get(i).set(gathered, value);
                }
            }
            into.put(payload, gathered);
            origin.probe().matched(this);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            JsonNode taken = into.take(payload);
            if (taken == null) {
                return;
            }
            if (!(taken instanceof ObjectNode gathered)) {
                throw new StepRefusedException(
                        into.toString(),
                        "field '%s' is %s but must be an object to be scattered; correct it by a step of its own"
                                .formatted(into, Trees.brief(taken)));
            }
            for (int i = 0; i < outside.size(); i++) {
                JsonNode value = inside.get(i).take(gathered);
                if (value != null) {
                    outside.get(i).put(payload, value);
                }
            }
            if (!gathered.isEmpty()) {
                throw new StepRefusedException(
                        into.toString(),
                        "object '%s' has the fields %s, for which the earlier revision has no place; name them in the step or remove them by another"
                                .formatted(into, gathered.propertyNames()));
            }
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(
                    into.root().equals(field)
                            || outside.stream().anyMatch(path -> path.root().equals(field)),
                    field);
        }

        @Override
        public String toString() {
            return "nest %s into '%s'".formatted(outside, into);
        }
    }

    /** A value put into a container that holds nothing else. */
    record Wrap(Path path, String how, UnaryOperator<JsonNode> wrap, UnaryOperator<JsonNode> unwrap) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            replace(payload, wrap, origin);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            replace(payload, unwrap, origin);
        }

        private void replace(ObjectNode payload, UnaryOperator<JsonNode> how, Origin origin) {
            JsonNode value = path.get(payload);
            if (value != null) {
                origin.probe().matched(this);
                path.set(payload, how.apply(value));
            }
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(path.root().equals(field), field);
        }

        @Override
        public String toString() {
            return "wrap '%s' in %s".formatted(path, how);
        }
    }

    /**
     * A value in another representation.
     *
     * @param element the conversion of the values in a list or map, where the value is one; else null
     */
    record Convert(Path path, Conversion conversion, @Nullable Conversion element) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            replace(payload, origin, true);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            replace(payload, origin, false);
        }

        private void replace(ObjectNode payload, Origin origin, boolean upwards) {
            JsonNode value = path.get(payload);
            if (value == null) {
                return;
            }
            try {
                if (origin.probe() == Probe.OFF) {
                    path.set(payload, upwards ? conversion.up(value) : conversion.down(value));
                } else {
                    origin.probe().matched(this);
                    path.set(payload, guarded(this, value, origin, upwards ? conversion::up : conversion::down));
                }
            } catch (StepRefusedException e) {
                throw e.within(path.toString());
            }
        }

        @Override
        public List<Loss> lossesUp() {
            return conversion.lossesUp();
        }

        @Override
        public List<Loss> lossesDown() {
            return conversion.lossesDown();
        }

        @Override
        public void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {
            exemplify(payload, element == null ? conversion.older() : element.older(), random);
        }

        @Override
        public void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
            exemplify(payload, element == null ? conversion.newer() : element.newer(), random);
        }

        private void exemplify(ObjectNode payload, @Nullable Examples examples, RandomGenerator random) {
            JsonNode value = examples == null ? null : path.get(payload);
            if (examples != null && value != null && !value.isNull()) {
                path.set(
                        payload,
                        element == null
                                ? examples.next(random)
                                : Elements.replace(value, each -> each.isNull() ? each : examples.next(random)));
            }
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(path.root().equals(field), field);
        }

        @Override
        public String toString() {
            return "convert '%s' (%s)".formatted(path, conversion);
        }
    }

    /** A change that consists of others. */
    interface Containing extends Change {

        Changes changes();

        @Override
        default List<Loss> lossesUp() {
            return changes().lossesUp();
        }

        @Override
        default List<Loss> lossesDown() {
            return changes().lossesDown();
        }

        @Override
        default List<Change> parts() {
            return changes().parts();
        }
    }

    /** The same changes for each object in a list or under the names of a map. */
    record Each(Path path, Changes changes) implements Containing {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            each(payload, element -> {
                origin.probe().matched(this);
                changes.up(element, origin);
            });
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            each(payload, element -> changes.down(element, origin));
        }

        private void each(ObjectNode payload, Consumer<ObjectNode> change) {
            JsonNode container = path.get(payload);
            if (container == null || container.isNull()) {
                return;
            }
            if (container instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    within(list.get(i), Integer.toString(i), change);
                }
            } else if (container instanceof ObjectNode map) {
                map.properties().forEach(entry -> within(entry.getValue(), entry.getKey(), change));
            } else {
                throw new StepRefusedException(
                        path.toString(),
                        "field '%s' is %s but must be a list or a map of objects; correct it by a step of its own"
                                .formatted(path, Trees.brief(container)));
            }
        }

        private void within(JsonNode element, String index, Consumer<ObjectNode> change) {
            try {
                change.accept(element(element));
            } catch (StepRefusedException refused) {
                throw refused.within(path + "[" + index + "]");
            }
        }

        private ObjectNode element(JsonNode node) {
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new StepRefusedException(
                    path.toString(),
                    "an element of '%s' is %s but must be an object; use convertEach for plain values"
                            .formatted(path, Trees.brief(node)));
        }

        @Override
        public void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {
            each(payload, element -> changes.exemplifyOlder(element, origin, random));
        }

        @Override
        public void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
            each(payload, element -> changes.exemplifyNewer(element, origin, random));
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(path.root().equals(field), field);
        }

        @Override
        public String toString() {
            return "each of '%s'".formatted(path);
        }
    }

    /** Changes for the events alone in which a value that stays the same fulfils a condition. */
    record When(Path path, Predicate<JsonNode> condition, Changes changes) implements Containing {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            if (holds(payload, origin)) {
                changes.up(payload, origin);
            }
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            if (holds(payload, origin)) {
                changes.down(payload, origin);
            }
        }

        private boolean holds(ObjectNode payload, Origin origin) {
            JsonNode value = path.get(payload);
            return value != null
                    && guarded(this, value, origin, given -> payload.booleanNode(condition.test(given)))
                            .booleanValue();
        }

        @Override
        public void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {
            if (holds(payload, origin)) {
                changes.exemplifyOlder(payload, origin, random);
            }
        }

        @Override
        public void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
            if (holds(payload, origin)) {
                changes.exemplifyNewer(payload, origin, random);
            }
        }

        @Override
        public @Nullable String fieldBefore(String field) {
            return unless(!field.equals(changes.fieldBefore(field)), field);
        }

        @Override
        public String toString() {
            return "when '%s'".formatted(path);
        }
    }

    /** Nothing but a name, for what must be met by some sample without being a change of the payload. */
    record Mark(String name) implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            origin.probe().matched(this);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {}

        @Override
        public String toString() {
            return name;
        }
    }

    /** Code of the team's own, changing the payload in place. */
    record Custom(
            String name,
            BiConsumer<ObjectNode, Origin> forward,
            BiConsumer<ObjectNode, Origin> back,
            List<Loss> lossesUp,
            List<Loss> lossesDown)
            implements Change {

        @Override
        public void up(ObjectNode payload, Origin origin) {
            origin.probe().matched(this);
            forward.accept(payload, origin);
        }

        @Override
        public void down(ObjectNode payload, Origin origin) {
            back.accept(payload, origin);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Calls a team's function in a way that the probe can see whether it leaves its input alone. */
    private static JsonNode guarded(Change change, JsonNode input, Origin origin, UnaryOperator<JsonNode> function) {
        Probe probe = origin.probe();
        if (probe == Probe.OFF) {
            return function.apply(input);
        }
        JsonNode given = probe.before(change, input);
        JsonNode result = function.apply(given);
        probe.after(change, input, given);
        return result;
    }
}
