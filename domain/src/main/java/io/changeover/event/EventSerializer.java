package io.changeover.event;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.module.blackbird.BlackbirdModule;

/**
 * Axon's Jackson 3 serializer with stable event names and revisions in place of class names. Classes that carry no
 * {@link EventType} keep their class name, so the same serializer serves tokens, snapshots and other messages.
 *
 * <p>Unknown fields are refused when reading: a field that silently vanishes on the way into a class is how a migration
 * loses data. A revision that has more fields than the class needs a step that says what becomes of them.
 */
public final class EventSerializer extends Jackson3Serializer {

    private final EventTypes eventTypes;
    private final @Nullable LegacyFormat legacy;

    /** A serializer for the given event classes. */
    public EventSerializer(EventTypes eventTypes) {
        this(eventTypes, null);
    }

    /**
     * A serializer for the given event classes that also reads metadata as an older application stored it, for Axon's own
     * readers. Payloads in that format come to them as JSON already, through the upcaster.
     *
     * @param legacy reads metadata that is not JSON, or null where all is
     */
    public EventSerializer(EventTypes eventTypes, @Nullable LegacyFormat legacy) {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(json -> json
                // Without it Jackson calls a record's constructor through a handle that is adapted each time.
                .addModule(new BlackbirdModule())
                .addModule(new PlainDates())
                .polymorphicTypeValidator(new ObjectsWithoutType())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)));
        this.eventTypes = eventTypes;
        this.legacy = legacy;
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
        if (object instanceof RevisedPayload revised) {
            SerializedObject<T> content = super.serialize(revised.payload(), expectedRepresentation);
            return new SimpleSerializedObject<>(
                    content.getData(),
                    expectedRepresentation,
                    new SimpleSerializedType(revised.name(), revised.revision()));
        }
        return super.serialize(object, expectedRepresentation);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Axon's own signature
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        if (legacy != null
                && serialized.getType().getName().equals(MetaData.class.getName())
                && serialized.getData() instanceof byte[] stored
                && legacy.recognises(stored)) {
            return super.deserialize(
                    new SimpleSerializedObject<>(legacy.metadata(stored), JsonNode.class, serialized.getType()));
        }
        return super.deserialize(serialized);
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's own signature
    public SerializedType typeForClass(@Nullable Class type) {
        EventType eventType = type == null ? null : eventTypes.typeOf(type);
        return eventType == null
                ? super.typeForClass(type)
                : new SimpleSerializedType(eventType.name(), Integer.toString(eventType.revision()));
    }

    @Override
    protected String resolveClassName(SerializedType serializedType) {
        return eventTypes.classOf(serializedType.getName()).map(Class::getName).orElseGet(serializedType::getName);
    }
}
