package io.changeover.upcast;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Events that an upcaster of Axon's takes up, together with the earlier events of their aggregate. */
record RawRoute(EventUpcaster upcaster, List<Revision> targets, Change mark) implements Route {

    private static final Serializer JSON = Jackson3Serializer.builder().build();

    @Override
    public List<EventTree> up(EventTree event, Origin origin, EventSteps steps) {
        origin.probe().matched(mark);
        List<IntermediateEventRepresentation> stream = new ArrayList<>();
        for (StoredEvent earlier : origin.earlier()) {
            for (EventTree tree : steps.upWithoutContext(earlier, origin.trees())) {
                stream.add(representation(tree, earlier));
            }
        }
        List<EventTree> before = run(stream);
        stream.add(representation(event, origin));
        List<EventTree> after = run(stream);
        if (after.size() < before.size() || !after.subList(0, before.size()).equals(before)) {
            throw new StepRefusedException(
                    null,
                    "the upcaster %s makes something else of earlier events once it has seen '%s'; an upcaster may look back, not ahead"
                            .formatted(upcaster.getClass().getName(), event.key()));
        }
        List<EventTree> result = List.copyOf(after.subList(before.size(), after.size()));
        for (EventTree tree : result) {
            if (!targets.contains(tree.key())) {
                throw new StepRefusedException(
                        null,
                        "the upcaster %s makes '%s' of '%s', but its step leads to %s; let the step name it, or correct the upcaster"
                                .formatted(upcaster.getClass().getName(), tree.key(), event.key(), targets));
            }
        }
        return result;
    }

    private List<EventTree> run(List<IntermediateEventRepresentation> stream) {
        return upcaster.upcast(stream.stream()).map(RawRoute::tree).toList();
    }

    private static EventTree tree(IntermediateEventRepresentation event) {
        SerializedType type = event.getType();
        ObjectNode payload = event.getData(ObjectNode.class).getData();
        return new EventTree(type.getName(), type.getRevision(), payload.deepCopy());
    }

    private static IntermediateEventRepresentation representation(EventTree tree, StoredEvent stored) {
        return representation(
                tree,
                stored.metadata(),
                stored.time(),
                new Origin.Place(
                        stored.aggregateType() == null ? "" : stored.aggregateType(),
                        stored.aggregateId(),
                        stored.sequence()));
    }

    private static IntermediateEventRepresentation representation(EventTree tree, Origin origin) {
        Instant time = origin.time();
        return representation(tree, bytes(origin.metadata()), time == null ? Instant.EPOCH : time, origin.place());
    }

    private static IntermediateEventRepresentation representation(
            EventTree tree, byte[] metadata, Instant time, Origin.@Nullable Place place) {
        return new InitialEventRepresentation(new Data(tree, metadata, time, place), JSON);
    }

    private static byte[] bytes(ObjectNode tree) {
        return JSON.serialize(tree, byte[].class).getData();
    }

    @Override
    public Map<Revision, Down> downs() {
        return Map.of();
    }

    @Override
    public List<Loss> lossesUp() {
        return List.of();
    }

    @Override
    public List<Change> parts() {
        return List.of(mark);
    }

    @Override
    public void exemplify(ObjectNode payload, Origin origin, RandomGenerator random) {}

    /** An event as Axon's upcasters take it. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as one call
    private record Data(EventTree tree, byte[] metadata, Instant time, Origin.@Nullable Place place)
            implements DomainEventData<byte[]> {

        @Override
        public @Nullable String getType() {
            return place == null ? null : place.aggregateType();
        }

        @Override
        public @Nullable String getAggregateIdentifier() {
            return place == null ? null : place.aggregateId();
        }

        @Override
        public long getSequenceNumber() {
            return place == null ? 0 : place.sequence();
        }

        @Override
        public String getEventIdentifier() {
            return tree.name();
        }

        @Override
        public Instant getTimestamp() {
            return time;
        }

        @Override
        public SerializedObject<byte[]> getMetaData() {
            return new SerializedMetaData<>(metadata, byte[].class);
        }

        @Override
        public SerializedObject<byte[]> getPayload() {
            return new SimpleSerializedObject<>(bytes(tree.payload()), byte[].class, tree.name(), tree.revision());
        }
    }
}
