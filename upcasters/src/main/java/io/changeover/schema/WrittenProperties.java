package io.changeover.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

/** What Jackson itself says that it writes for a class, so that its rules for names and getters are not told twice. */
final class WrittenProperties {

    private final BeanDescription description;

    private WrittenProperties(BeanDescription description) {
        this.description = description;
    }

    static WrittenProperties of(Class<?> type) {
        SerializationConfig config = Json.MAPPER.serializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        JavaType javaType = config.constructType(type);
        return new WrittenProperties(
                introspector.introspectForSerialization(javaType, introspector.introspectClassAnnotations(javaType)));
    }

    /** The name under which the component is written; empty where it is not. */
    Optional<String> nameOf(String component) {
        return all().stream()
                .filter(property -> property.getInternalName().equals(component))
                .map(BeanPropertyDefinition::getName)
                .findFirst();
    }

    /** All that is written, by name: Jackson's own order is not the same on each machine. */
    List<BeanPropertyDefinition> all() {
        return description.findProperties().stream()
                .filter(BeanPropertyDefinition::couldSerialize)
                .sorted(Comparator.comparing(BeanPropertyDefinition::getName))
                .toList();
    }

    /** The type that is written in place of the whole, where {@code @JsonValue} names one. */
    Optional<JavaType> soleValue() {
        return Optional.ofNullable(description.findJsonValueAccessor()).map(accessor -> accessor.getType());
    }
}
