package io.changeover.event;

import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;

/**
 * Axon's Jackson 3 serializer with stable event names and revisions in place of class names. Classes that carry no
 * {@link EventType} keep their class name, so the same serializer serves tokens, snapshots and other messages.
 *
 * <p>Unknown fields are refused when reading: a field that silently vanishes on the way into a class is how a migration
 * loses data. A revision that has more fields than the class needs a step that says what becomes of them.
 */
public final class EventSerializer extends Jackson3Serializer {

    private final EventTypes eventTypes;

    /** A serializer for the given event classes. */
    public EventSerializer(EventTypes eventTypes) {
        super(Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(json -> json.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)));
        this.eventTypes = eventTypes;
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
