package io.changeover.view;

import io.changeover.event.EventType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One fold of one event class, with its arguments in the order row, event, info. */
final class FoldMethod {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType FOLD =
            MethodType.methodType(Object.class, Object.class, Object.class, EventInfo.class);

    private final Class<?> eventClass;
    private final MethodHandle handle;
    private final boolean takesRow;
    private final boolean rowNullable;
    private final List<Function<Object, @Nullable Object>> keyAccessors;

    private FoldMethod(
            Class<?> eventClass,
            MethodHandle handle,
            boolean takesRow,
            boolean rowNullable,
            List<Function<Object, @Nullable Object>> keyAccessors) {
        this.eventClass = eventClass;
        this.handle = handle;
        this.takesRow = takesRow;
        this.rowNullable = rowNullable;
        this.keyAccessors = List.copyOf(keyAccessors);
    }

    /** Compiles the method, or adds to the problems and returns null. */
    static @Nullable FoldMethod of(Method method, Declaration declaration, RowShape rows) {
        String name = "@Fold method '%s'".formatted(method.toGenericString());
        List<Integer> rowAt = new ArrayList<>();
        List<Integer> eventAt = new ArrayList<>();
        List<Integer> infoAt = new ArrayList<>();
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == rows.type()) {
                rowAt.add(i);
            } else if (types[i] == EventInfo.class) {
                infoAt.add(i);
            } else if (types[i].isAnnotationPresent(EventType.class)) {
                eventAt.add(i);
            } else {
                declaration.problem(
                        "%s has a parameter of type '%s' but may take only the row, one event with @EventType and an EventInfo; remove it"
                                .formatted(name, types[i].getSimpleName()));
                return null;
            }
        }
        if (eventAt.size() != 1 || rowAt.size() > 1 || infoAt.size() > 1) {
            declaration.problem(
                    "%s must take exactly one event and at most one row and one EventInfo; correct its parameters"
                            .formatted(name));
            return null;
        }
        if (method.getReturnType() != rows.type()) {
            declaration.problem("%s returns '%s' but must return the row '%s'; correct its result"
                    .formatted(
                            name,
                            method.getReturnType().getSimpleName(),
                            rows.type().getSimpleName()));
            return null;
        }
        Class<?> eventClass = types[eventAt.get(0)];
        List<Function<Object, @Nullable Object>> keyAccessors =
                keyAccessors(name, method, eventClass, declaration, rows);
        if (keyAccessors.isEmpty()) {
            return null;
        }
        boolean takesRow = !rowAt.isEmpty();
        AnnotatedType[] annotated = method.getAnnotatedParameterTypes();
        boolean rowNullable = takesRow && annotated[rowAt.get(0)].isAnnotationPresent(Nullable.class);
        boolean manyRows = keyAccessors.size() < rows.keys().size();
        if (manyRows && (!takesRow || rowNullable)) {
            declaration.problem(
                    "%s names only part of the key, so it touches all existing rows of a home and must take a row that is not @Nullable; add the row parameter or the missing key components"
                            .formatted(name));
            return null;
        }
        return new FoldMethod(
                eventClass,
                handle(method, declaration.instance(), rowAt, eventAt, infoAt),
                takesRow,
                rowNullable,
                keyAccessors);
    }

    private static MethodHandle handle(
            Method method, Object instance, List<Integer> rowAt, List<Integer> eventAt, List<Integer> infoAt) {
        try {
            method.setAccessible(true);
            MethodHandle unbound = LOOKUP.unreflect(method);
            MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? unbound : unbound.bindTo(instance);
            int[] reorder = new int[method.getParameterCount()];
            Class<?>[] generic = new Class<?>[reorder.length];
            Arrays.fill(generic, Object.class);
            rowAt.forEach(i -> reorder[i] = 0);
            eventAt.forEach(i -> reorder[i] = 1);
            infoAt.forEach(i -> {
                reorder[i] = 2;
                generic[i] = EventInfo.class;
            });
            return MethodHandles.permuteArguments(
                    bound.asType(MethodType.methodType(Object.class, generic)), FOLD, reorder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Function<Object, @Nullable Object>> keyAccessors(
            String name, Method method, Class<?> eventClass, Declaration declaration, RowShape rows) {
        String[] declared = method.getAnnotation(Fold.class).key();
        List<String> names = declared.length > 0
                ? List.of(declared)
                : rows.keys().stream().map(Column::component).toList();
        List<Function<Object, @Nullable Object>> accessors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String component = names.get(i);
            RecordComponent found = component(eventClass, component);
            if (found == null && declared.length == 0 && i > 0) {
                break; // an event that names only the home touches all its rows
            }
            if (found == null || i >= rows.keys().size()) {
                declaration.problem(
                        "%s finds no component '%s' in event '%s' for the key of row '%s'; name the event's own component with @Fold(key = ...)"
                                .formatted(
                                        name,
                                        component,
                                        eventClass.getSimpleName(),
                                        rows.type().getSimpleName()));
                return List.of();
            }
            Class<?> keyType = rows.keys().get(i).javaClass();
            if (found.getType() != keyType) {
                declaration.problem(
                        "%s takes its key from '%s' of type '%s' but the row's key '%s' is of type '%s'; use the same type"
                                .formatted(
                                        name,
                                        component,
                                        found.getType().getSimpleName(),
                                        rows.keys().get(i).component(),
                                        keyType.getSimpleName()));
                return List.of();
            }
            accessors.add(Accessors.of(found));
        }
        return accessors;
    }

    private static @Nullable RecordComponent component(Class<?> eventClass, String name) {
        if (!eventClass.isRecord()) {
            return null;
        }
        return Arrays.stream(eventClass.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    Class<?> eventClass() {
        return eventClass;
    }

    boolean takesRow() {
        return takesRow;
    }

    boolean rowNullable() {
        return rowNullable;
    }

    /** The key that the event names; it may be shorter than a row's key and then means all rows of its home. */
    RowKey key(Object event) {
        Object[] parts = new Object[keyAccessors.size()];
        for (int i = 0; i < parts.length; i++) {
            try {
                Object part = keyAccessors.get(i).apply(event);
                if (part == null) {
                    throw new FoldException(
                            "event '%s' has null where the key of the row is expected; a key is never null"
                                    .formatted(eventClass.getSimpleName()));
                }
                parts[i] = part;
            } catch (FoldException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new FoldException("the key of event '%s' threw %s".formatted(eventClass.getSimpleName(), e), e);
            }
        }
        return RowKey.of(parts);
    }

    @Nullable
    Object apply(@Nullable Object row, Object event, EventInfo info) {
        try {
            return handle.invokeExact(row, event, info);
        } catch (OutOfMemoryError e) {
            throw e; // of the process, not of this fold
        } catch (Throwable e) {
            throw new FoldException("the fold of '%s' threw %s".formatted(eventClass.getSimpleName(), e), e);
        }
    }
}
