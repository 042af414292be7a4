package io.changeover.upcast;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of an event beside its payload, for a step that derives a value from it. The metadata is parsed when it
 * is first asked for. Not safe for use by several threads.
 */
public final class Origin {

    /** Who and where the event is, as far as a step with context needs it. */
    record Place(String aggregateType, String aggregateId, long sequence) {}

    private final @Nullable Instant time;
    private final @Nullable Place place;
    private final @Nullable AggregateHistory history;
    private final PayloadTrees trees;
    private final Probe probe;
    private final Supplier<ObjectNode> parse;
    private @Nullable ObjectNode metadata;

    private Origin(
            @Nullable Instant time,
            @Nullable Place place,
            @Nullable AggregateHistory history,
            PayloadTrees trees,
            Supplier<ObjectNode> parse,
            Probe probe) {
        this.time = time;
        this.place = place;
        this.history = history;
        this.trees = trees;
        this.parse = parse;
        this.probe = probe;
    }

    /** A payload that belongs to no stored event: without metadata and without time. */
    public static Origin unknown() {
        return of(null, JsonNodeFactory.instance::objectNode);
    }

    /** A payload with this time, or null where it is not known, and this metadata. */
    public static Origin of(@Nullable Instant time, Supplier<ObjectNode> metadata) {
        return new Origin(time, null, null, PayloadTrees.ofJson(), metadata, Probe.OFF);
    }

    static Origin of(
            @Nullable Instant time,
            @Nullable Place place,
            @Nullable AggregateHistory history,
            PayloadTrees trees,
            Supplier<ObjectNode> metadata) {
        return new Origin(time, place, history, trees, metadata, Probe.OFF);
    }

    Origin watchedBy(Probe watcher) {
        return new Origin(time, place, history, trees, this::metadata, watcher);
    }

    /** The event's metadata, an empty object where it has none; must not be changed. */
    public ObjectNode metadata() {
        ObjectNode known = metadata;
        if (known == null) {
            known = parse.get();
            metadata = known;
        }
        return known;
    }

    /** When the event happened, as its writer said; null where the payload belongs to no stored event. */
    public @Nullable Instant time() {
        return time;
    }

    /** The earlier events of the event's aggregate; none where it has no aggregate. */
    List<StoredEvent> earlier() {
        if (place == null) {
            return List.of();
        }
        if (history == null) {
            throw new StepRefusedException(
                    null,
                    "a step with context needs the earlier events of aggregate '%s' but this reader has no way to find them; give it an AggregateHistory"
                            .formatted(place.aggregateId()));
        }
        return history.before(place.aggregateType(), place.aggregateId(), place.sequence());
    }

    /** How the earlier events are parsed. */
    PayloadTrees trees() {
        return trees;
    }

    @Nullable
    Place place() {
        return place;
    }

    Probe probe() {
        return probe;
    }
}
