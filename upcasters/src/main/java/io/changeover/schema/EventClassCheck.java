package io.changeover.schema;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** Finds everything that keeps the JSON of a class from being told from its components. */
final class EventClassCheck {

    private static final Set<Class<? extends Annotation>> UNDERSTOOD = Set.of(
            JsonAlias.class,
            JsonCreator.class,
            JsonIgnore.class,
            JsonProperty.class,
            JsonPropertyOrder.class,
            JsonValue.class);

    private static final Set<Class<?>> LISTS = Set.of(List.class, Set.class, Collection.class);

    private final Set<String> problems = new LinkedHashSet<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    private EventClassCheck() {}

    /** @throws UnsupportedEventClassException naming every problem at once */
    static void check(Class<?> eventClass) {
        EventClassCheck check = new EventClassCheck();
        if (eventClass.isRecord()) {
            check.components(eventClass, "");
        } else {
            check.problems.add(
                    "class '%s' must be a record, because its components are the fields of its JSON; make it one"
                            .formatted(eventClass.getName()));
        }
        if (!check.problems.isEmpty()) {
            throw new UnsupportedEventClassException(eventClass, List.copyOf(check.problems));
        }
    }

    private void components(Class<?> type, String prefix) {
        open.push(type);
        annotations(type, "class '%s'".formatted(type.getName()));
        WrittenProperties written = WrittenProperties.of(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + component.getName();
            Components.carriers(component).forEach(carrier -> annotations(carrier, fieldOf(path)));
            if (written.nameOf(component.getName()).isPresent()) {
                value(component.getAnnotatedType(), path);
            }
        }
        getters(type, written);
        open.pop();
    }

    /** Jackson writes getters of a record too, and then refuses to read what it wrote. */
    private void getters(Class<?> type, WrittenProperties written) {
        Set<String> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        for (BeanPropertyDefinition property : written.all()) {
            if (!components.contains(property.getInternalName())) {
                problems.add(
                        "method '%s()' of '%s' is written as field '%s' but cannot be read, because it is no component; rename it so that it does not begin with 'get' or 'is', or annotate it with @JsonIgnore"
                                .formatted(property.getAccessor().getName(), type.getName(), property.getName()));
            }
        }
    }

    private void annotations(AnnotatedElement element, String what) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.isAnnotationPresent(JacksonAnnotation.class) && !UNDERSTOOD.contains(type)) {
                problems.add(
                        "%s has @%s, which changes its JSON in a way that the schema cannot follow; remove the annotation"
                                .formatted(what, type.getSimpleName()));
            }
        }
    }

    private void value(AnnotatedType type, String path) {
        if (type.getType() instanceof Class<?> plain) {
            plain(plain, path);
        } else if (type instanceof AnnotatedParameterizedType generic) {
            container(generic, path);
        } else {
            refused(type.getType().getTypeName(), path);
        }
    }

    private void plain(Class<?> type, String path) {
        if (PlainType.of(type).isPresent()) {
            return;
        }
        if (type.isEnum()) {
            constants(type, path);
        } else if (open.contains(type)) {
            problems.add(
                    "%s holds '%s' within itself, and a schema without end cannot be written; let it hold an identifier instead"
                            .formatted(fieldOf(path), type.getName()));
        } else if (type.isRecord()) {
            WrittenProperties.of(type)
                    .soleValue()
                    .ifPresentOrElse(sole -> sole(sole, path), () -> components(type, path + "."));
        } else {
            refused(type.getName(), path);
        }
    }

    private void sole(JavaType type, String path) {
        if (type.containedTypeCount() > 0) {
            refused(type.toCanonical(), path);
        } else {
            plain(type.getRawClass(), path);
        }
    }

    private void constants(Class<?> type, String path) {
        if (!EnumValues.of(type).stream().allMatch(value -> value.isString())) {
            problems.add("%s is of enum '%s', whose constants must be written as text; correct its @JsonValue"
                    .formatted(fieldOf(path), type.getName()));
        }
    }

    private void container(AnnotatedParameterizedType type, String path) {
        Class<?> raw = (Class<?>) ((ParameterizedType) type.getType()).getRawType();
        AnnotatedType[] arguments = type.getAnnotatedActualTypeArguments();
        if (LISTS.contains(raw)) {
            element(arguments[0], path + "[]");
        } else if (raw == Map.class && arguments[0].getType() == String.class) {
            element(arguments[1], path + "{}");
        } else {
            refused(type.getType().getTypeName(), path);
        }
    }

    private void element(AnnotatedType type, String path) {
        if (type.isAnnotationPresent(Nullable.class)) {
            problems.add(
                    "%s must not be null within its list or map; leave such elements out".formatted(fieldOf(path)));
        }
        value(type, path);
    }

    private void refused(String type, String path) {
        problems.add(
                "%s is of type '%s' but must be text, a number, a boolean, a date or time, a UUID, an enum, a record, or a List, Set or Map<String, ...> of these; change its type"
                        .formatted(fieldOf(path), type));
    }

    private static String fieldOf(String path) {
        return "field '%s'".formatted(path);
    }
}
