package io.changeover.upcast;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.databind.node.ObjectNode;

/** Lets Axon's own readers (aggregates, ordinary event processors) see events through the same steps. */
public final class StepUpcaster implements EventUpcaster {

    private final EventSteps steps;

    /** An upcaster that applies the whole chain at once. */
    public StepUpcaster(EventSteps steps) {
        this.steps = steps;
    }

    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> stored) {
        return stored.flatMap(this::upcast);
    }

    private Stream<IntermediateEventRepresentation> upcast(IntermediateEventRepresentation event) {
        SerializedType type = event.getType();
        if (steps.isCurrent(type.getName(), type.getRevision())) {
            return Stream.of(event);
        }
        ObjectNode payload = event.getData(ObjectNode.class).getData();
        String revision = type.getRevision() == null ? "" : type.getRevision();
        List<IntermediateEventRepresentation> events = new ArrayList<>(1);
        for (EventTree tree : steps.up(new EventTree(type.getName(), revision, payload))) {
            events.add(event.upcast(
                    new SimpleSerializedType(tree.name(), tree.revision()),
                    ObjectNode.class,
                    ignored -> tree.payload(),
                    metadata -> metadata));
        }
        return events.stream();
    }
}
