package io.changeover.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/** Where the annotations of a component are found. */
final class Components {

    private Components() {}

    /** The field and the accessor: an accessor that is written out has only the annotations that stand on itself. */
    static List<AccessibleObject> carriers(RecordComponent component) {
        try {
            return List.of(
                    component.getDeclaringRecord().getDeclaredField(component.getName()), component.getAccessor());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Every component has a field of its name", e);
        }
    }

    /** Whether the component of this name has the annotation. */
    static boolean isAnnotated(Class<?> type, String component, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getRecordComponents())
                .filter(each -> each.getName().equals(component))
                .flatMap(each -> carriers(each).stream())
                .anyMatch(carrier -> carrier.isAnnotationPresent(annotation));
    }
}
