package io.changeover.upcast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a payload on its way up, change by change; the way down undoes them in reverse order. Each change
 * says what it does in both directions, so nothing has to be written twice and nothing is lost in silence.
 *
 * <p>A path is names joined by dots, {@code contact.givenName}. A value that is missing is refused, unless the path ends
 * with a question mark: {@code comment?}. Nothing is overwritten: a target that exists is refused.
 */
public final class Changes {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Change> changes = new ArrayList<>();

    Changes() {}

    static Changes of(Consumer<Changes> written) {
        Changes changes = new Changes();
        written.accept(changes);
        return changes;
    }

    /** Adds a text that older events all meant. Down, another value is refused: older readers would mistake it. */
    public Changes add(String path, String constant) {
        return add(path, NODES.stringNode(constant));
    }

    /** Adds a number that older events all meant. Down, another value is refused. */
    public Changes add(String path, long constant) {
        return add(path, NODES.numberNode(constant));
    }

    /** Adds a truth value that older events all meant. Down, another value is refused. */
    public Changes add(String path, boolean constant) {
        return add(path, NODES.booleanNode(constant));
    }

    /** Adds a value that older events all meant, JSON null included. Down, another value is refused. */
    public Changes add(String path, JsonNode constant) {
        return with(new Change.Add(Path.of(path), true, derivation -> constant, null));
    }

    /**
     * Adds a text that stands for every older event. Down, any value is dropped.
     *
     * @param lostDown what older readers do not learn, as a phrase after "this loses"
     */
    public Changes add(String path, String constant, String lostDown) {
        return add(path, NODES.stringNode(constant), lostDown);
    }

    /** As {@link #add(String, String, String)} with any value. */
    public Changes add(String path, JsonNode constant, String lostDown) {
        return with(new Change.Add(Path.of(path), true, derivation -> constant, Loss.of(lostDown)));
    }

    /** Adds what follows from other fields, metadata or time. Down, a value that does not follow from them is refused. */
    public Changes derive(String path, Function<Derivation, JsonNode> value) {
        return with(new Change.Add(Path.of(path), false, value, null));
    }

    /**
     * Adds what follows from other fields, metadata or time. Down, any value is dropped.
     *
     * @param lostDown what older readers do not learn, as a phrase after "this loses"
     */
    public Changes derive(String path, Function<Derivation, JsonNode> value, String lostDown) {
        return with(new Change.Add(Path.of(path), false, value, Loss.of(lostDown)));
    }

    /** Gives the field another name in the same object. */
    public Changes rename(String path, String name) {
        Path from = Path.of(path);
        return with(new Change.Move(from, from.sibling(name)));
    }

    /** Moves the value to another place, making the objects on the way there. */
    public Changes move(String from, String to) {
        boolean optional = from.endsWith("?") && !to.endsWith("?");
        return with(new Change.Move(Path.of(from), Path.of(optional ? to + "?" : to)));
    }

    /** Removes a field whose value is always this one; down brings it back. Up, another value is refused. */
    public Changes remove(String path, JsonNode constant) {
        return with(new Change.Inverse(
                new Change.Add(Path.of(path), true, derivation -> constant, null), "remove '%s'".formatted(path)));
    }

    /**
     * Removes a field for good.
     *
     * @param restored what the way down puts in its place
     * @param lostUp what newer readers do not learn, as a phrase after "this loses"
     */
    public Changes remove(String path, JsonNode restored, String lostUp) {
        return with(new Change.Inverse(
                new Change.Add(Path.of(path), true, derivation -> restored, Loss.of(lostUp)),
                "remove '%s'".formatted(path)));
    }

    /** Gathers fields into a new object, under the same names. */
    public Changes nest(String into, String... fields) {
        return with(nesting(into, fields));
    }

    /** Dissolves an object into its fields. They must be all that it has. */
    public Changes flatten(String object, String... fields) {
        return with(new Change.Inverse(nesting(object, fields), "flatten '%s'".formatted(object)));
    }

    private static Change.Nest nesting(String object, String... fields) {
        List<Path> outside = new ArrayList<>();
        List<Path> inside = new ArrayList<>();
        for (String field : fields) {
            Path path = Path.of(field);
            outside.add(path);
            inside.add(Path.of(field.endsWith("?") ? path.leaf() + "?" : path.leaf()));
        }
        return new Change.Nest(Path.of(object), outside, inside);
    }

    /** Puts the value under a name into an object of its own: {@code 5} becomes {@code {"name": 5}}. */
    public Changes wrap(String path, String name) {
        return with(new Change.Wrap(
                Path.of(path), "an object", value -> NODES.objectNode().set(name, value), value -> {
                    JsonNode inner = value.get(name);
                    if (inner == null || value.size() != 1) {
                        throw new StepRefusedException(
                                path,
                                "field '%s' is %s but must be an object with the field '%s' alone; remove the others by a change of their own"
                                        .formatted(path, Trees.brief(value), name));
                    }
                    return inner;
                }));
    }

    /** Takes the value out of an object that has nothing else: {@code {"name": 5}} becomes {@code 5}. */
    public Changes unwrap(String path, String name) {
        Changes wrap = new Changes().wrap(path, name);
        return with(new Change.Inverse(wrap.changes.get(0), "unwrap '%s'".formatted(path)));
    }

    /**
     * Puts the value into a list of its own: {@code 5} becomes {@code [5]}, for a field that may be said several times
     * from now on. Down, a list that does not have exactly one element is refused.
     */
    public Changes wrapInList(String path) {
        return with(new Change.Wrap(
                Path.of(path), "a list", value -> NODES.arrayNode().add(value), value -> {
                    if (!(value instanceof ArrayNode list) || list.size() != 1) {
                        throw new StepRefusedException(
                                path,
                                "field '%s' is %s but readers of the earlier revision take exactly one value; move them to the later revision first"
                                        .formatted(path, Trees.brief(value)));
                    }
                    return list.get(0);
                }));
    }

    /** Gives the value another representation. */
    public Changes convert(String path, Conversion conversion) {
        return with(new Change.Convert(Path.of(path), conversion, null));
    }

    /** Gives each plain value in a list, or under the names of a map, another representation. */
    public Changes convertEach(String path, Conversion conversion) {
        return with(new Change.Convert(Path.of(path), Elements.of(conversion), conversion));
    }

    /** Replaces the text by what a fixed table says. */
    public Changes lookup(String path, LookupTable table) {
        return convert(path, table.conversion());
    }

    /** Makes the same changes to each object in a list, or under the names of a map. */
    public Changes each(String path, Consumer<Changes> element) {
        return with(new Change.Each(Path.of(path), of(element)));
    }

    /**
     * Makes changes only where the value at the path fulfils a condition. Both directions ask the same path, so the
     * changes must leave its value as it is.
     */
    public Changes when(String path, Predicate<JsonNode> condition, Consumer<Changes> then) {
        return with(new Change.When(Path.of(path), condition, of(then)));
    }

    /**
     * Code of one's own, changing the payload in place, for what nothing above says.
     *
     * @param name what it does, for messages
     */
    public Changes custom(String name, Consumer<ObjectNode> up, Consumer<ObjectNode> down) {
        return custom(name, up, down, null, null);
    }

    /**
     * Code of one's own that loses something.
     *
     * @param lostUp what the way up loses, or null for nothing
     * @param lostDown what the way down loses, or null for nothing
     */
    public Changes custom(
            String name,
            Consumer<ObjectNode> up,
            Consumer<ObjectNode> down,
            @Nullable String lostUp,
            @Nullable String lostDown) {
        return with(new Change.Custom(
                name,
                (payload, origin) -> up.accept(payload),
                (payload, origin) -> down.accept(payload),
                lostUp == null ? List.of() : List.of(Loss.of(lostUp)),
                lostDown == null ? List.of() : List.of(Loss.of(lostDown))));
    }

    private Changes with(Change change) {
        changes.add(change);
        return this;
    }

    void up(ObjectNode payload, Origin origin) {
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i).up(payload, origin);
        }
    }

    void down(ObjectNode payload, Origin origin) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            changes.get(i).down(payload, origin);
        }
    }

    List<Loss> lossesUp() {
        return changes.stream().flatMap(change -> change.lossesUp().stream()).toList();
    }

    List<Loss> lossesDown() {
        return changes.stream().flatMap(change -> change.lossesDown().stream()).toList();
    }

    /** As {@link Change#fieldBefore}, through all changes. */
    @Nullable
    String fieldBefore(String field) {
        String at = field;
        for (int i = changes.size() - 1; at != null && i >= 0; i--) {
            at = changes.get(i).fieldBefore(at);
        }
        return at;
    }

    List<Change> parts() {
        return changes.stream().flatMap(change -> change.parts().stream()).toList();
    }

    /** Puts values that the whole way up takes without loss into an older payload. */
    void exemplifyOlder(ObjectNode payload, Origin origin, RandomGenerator random) {
        // Each change sees the payload as the changes before it leave it, so its examples are put in there and brought
        // back by undoing those.
        for (int i = 0; i < changes.size(); i++) {
            ObjectNode without = payload.deepCopy();
            for (Change before : changes.subList(0, i)) {
                before.up(without, origin);
            }
            ObjectNode with = without.deepCopy();
            changes.get(i).exemplifyOlder(with, origin, random);
            if (!with.equals(without)) {
                undo(i, without, origin);
                undo(i, with, origin);
                ExampleMerge.into(payload, without, with);
            }
        }
    }

    private void undo(int first, ObjectNode payload, Origin origin) {
        for (int i = first - 1; i >= 0; i--) {
            changes.get(i).down(payload, origin);
        }
    }

    /** Puts values that the whole way down takes without loss into a newer payload. */
    void exemplifyNewer(ObjectNode payload, Origin origin, RandomGenerator random) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            ObjectNode without = payload.deepCopy();
            for (int after = changes.size() - 1; after > i; after--) {
                changes.get(after).down(without, origin);
            }
            ObjectNode with = without.deepCopy();
            changes.get(i).exemplifyNewer(with, origin, random);
            if (!with.equals(without)) {
                for (Change after : changes.subList(i + 1, changes.size())) {
                    after.up(without, origin);
                    after.up(with, origin);
                }
                ExampleMerge.into(payload, without, with);
            }
        }
    }
}
