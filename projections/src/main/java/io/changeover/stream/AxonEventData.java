package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/** A stored event as Axon's readers take it, for them to upcast and deserialise. */
record AxonEventData(StoredEvent event) implements DomainEventData<byte[]> {

    @Override
    public @Nullable String getType() {
        return event.aggregateType();
    }

    /** An event without aggregate is stored under its own identifier; Axon knows it by null. */
    @Override
    public @Nullable String getAggregateIdentifier() {
        return event.eventId().equals(event.aggregateId()) ? null : event.aggregateId();
    }

    @Override
    public long getSequenceNumber() {
        return event.sequence();
    }

    @Override
    public String getEventIdentifier() {
        return event.eventId();
    }

    @Override
    public Instant getTimestamp() {
        return event.time();
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new SerializedMetaData<>(event.metadata(), byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new SimpleSerializedObject<>(event.payload(), byte[].class, event.name(), event.revision());
    }
}
