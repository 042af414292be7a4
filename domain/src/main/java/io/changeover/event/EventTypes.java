package io.changeover.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The event classes that an application knows, each with its stable name and current revision. Immutable and safe for
 * use by several threads.
 */
public final class EventTypes {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*");
    private static final int MAX_NAME_LENGTH = 200;

    private final Map<String, Class<?>> classes;
    private final Map<Class<?>, EventType> types;

    private EventTypes(Map<String, Class<?>> classes, Map<Class<?>, EventType> types) {
        this.classes = Map.copyOf(classes);
        this.types = Map.copyOf(types);
    }

    /**
     * Reads the {@link EventType} of each class.
     *
     * @throws InvalidEventTypesException naming every problem at once: a class without annotation, a name that is not
     *     dotted lower case, a revision or first revision out of its bounds, two
     *     classes with one name
     */
    public static EventTypes of(Collection<? extends Class<?>> eventClasses) {
        List<String> problems = new ArrayList<>();
        Map<String, Class<?>> classes = new LinkedHashMap<>();
        Map<Class<?>, EventType> types = new LinkedHashMap<>();
        for (Class<?> eventClass : new LinkedHashSet<Class<?>>(eventClasses)) {
            EventType type = eventClass.getAnnotation(EventType.class);
            if (type == null) {
                problems.add(
                        "class '%s' has no @EventType; annotate it with a stable name".formatted(eventClass.getName()));
                continue;
            }
            if (!NAME.matcher(type.name()).matches() || type.name().length() > MAX_NAME_LENGTH) {
                problems.add(
                        "event name '%s' of class '%s' must be dotted lower case such as 'order.placed' with at most %d characters; change the annotation"
                                .formatted(type.name(), eventClass.getName(), MAX_NAME_LENGTH));
            }
            if (type.revision() < 1) {
                problems.add("revision %d of event '%s' must be 1 or greater; change the annotation"
                        .formatted(type.revision(), type.name()));
            }
            if (type.firstRevision() < 1 || type.firstRevision() > Math.max(1, type.revision())) {
                problems.add(
                        "first revision %d of event '%s' must lie between 1 and its revision %d; change the annotation"
                                .formatted(type.firstRevision(), type.name(), type.revision()));
            }
            Class<?> other = classes.put(type.name(), eventClass);
            if (other != null) {
                problems.add("event name '%s' must belong to one class but is on '%s' and '%s'; rename one"
                        .formatted(type.name(), other.getName(), eventClass.getName()));
            }
            types.put(eventClass, type);
        }
        if (!problems.isEmpty()) {
            throw new InvalidEventTypesException(problems);
        }
        return new EventTypes(classes, types);
    }

    /** The stable name of the class; empty text where it is no event. */
    public static String nameOf(Class<?> eventClass) {
        EventType type = eventClass.getAnnotation(EventType.class);
        return type == null ? "" : type.name();
    }

    /** The class that stands for the name today, or empty when no class of this application does. */
    public Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    /** The annotation of the class, or null when the class is not an event of this application. */
    public @Nullable EventType typeOf(Class<?> eventClass) {
        return types.get(eventClass);
    }

    /** The revision that the application writes under this name, or empty when it knows no such event. */
    public Optional<String> currentRevision(String name) {
        return classOf(name).map(types::get).map(type -> Integer.toString(type.revision()));
    }

    /** All names, in no particular order. */
    public Set<String> names() {
        return classes.keySet();
    }
}
