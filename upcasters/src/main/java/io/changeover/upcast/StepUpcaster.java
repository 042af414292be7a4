package io.changeover.upcast;

import io.changeover.event.LegacyFormat;
import io.changeover.upcast.EventSteps.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Lets Axon's own readers (aggregates, ordinary event processors) see events through the same steps. */
public final class StepUpcaster implements EventUpcaster {

    private final EventSteps steps;
    private final PayloadTrees trees;
    private final ObjectMapper json;
    private final @Nullable AggregateHistory history;

    /**
     * An upcaster that applies the whole chain at once.
     *
     * @param json the mapper of the serializer that events are stored with
     * @param legacy reads what is not JSON, or null where everything is
     * @param history where a step with context finds earlier events, or null where no step needs them
     */
    public StepUpcaster(
            EventSteps steps, ObjectMapper json, @Nullable LegacyFormat legacy, @Nullable AggregateHistory history) {
        this.steps = steps;
        this.trees = new PayloadTrees(json, legacy);
        this.json = json;
        this.history = history;
    }

    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> stored) {
        return stored.flatMap(this::upcast);
    }

    private Stream<IntermediateEventRepresentation> upcast(IntermediateEventRepresentation event) {
        SerializedType type = event.getType();
        Reading reading = steps.reading(type.getName(), type.getRevision());
        if (reading == Reading.FOREIGN) {
            return Stream.of(event);
        }
        if (reading == Reading.UNKNOWN) {
            throw EventReader.unknown(steps, type.getName(), type.getRevision());
        }
        byte[] bytes = event.getData(byte[].class).getData();
        if (reading == Reading.CURRENT && !trees.isLegacy(bytes)) {
            return Stream.of(event);
        }
        EventTree stored = new EventTree(type.getName(), type.getRevision(), trees.payload(bytes));
        List<IntermediateEventRepresentation> events = new ArrayList<>(1);
        for (EventTree tree : steps.toClasses(stored, origin(event))) {
            // Asked for a tree, Axon would first make one of the stored bytes: for nothing, and XML does not survive
            // it.
            events.add(event.upcast(
                    new SimpleSerializedType(tree.name(), tree.revision()),
                    byte[].class,
                    ignored -> json.writeValueAsBytes(tree.payload()),
                    metadata -> metadata));
        }
        return events.stream();
    }

    private Origin origin(IntermediateEventRepresentation event) {
        Origin.Place place = event.getAggregateIdentifier()
                .map(id -> new Origin.Place(
                        event.getAggregateType().orElse(""),
                        id,
                        event.getSequenceNumber().orElse(0L)))
                .orElse(null);
        return Origin.of(
                event.getTimestamp(),
                place,
                history,
                trees,
                () -> json.valueToTree(event.getMetaData().getObject()));
    }
}
