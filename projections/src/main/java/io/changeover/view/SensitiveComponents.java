package io.changeover.view;

import io.changeover.sensitive.Sensitive;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Finds components that hold something sensitive, however deep. */
final class SensitiveComponents {

    private SensitiveComponents() {}

    static boolean isSensitive(RecordComponent component) {
        return isSensitive(component, new HashSet<>());
    }

    private static boolean isSensitive(RecordComponent component, Set<Type> seen) {
        return component.isAnnotationPresent(Sensitive.class) || holdsSensitive(component.getGenericType(), seen);
    }

    private static boolean holdsSensitive(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        if (type instanceof ParameterizedType list) {
            return Arrays.stream(list.getActualTypeArguments()).anyMatch(each -> holdsSensitive(each, seen));
        }
        if (type instanceof GenericArrayType array) {
            return holdsSensitive(array.getGenericComponentType(), seen);
        }
        if (!(type instanceof Class<?> plain)) {
            return false;
        }
        if (plain.isArray()) {
            return holdsSensitive(plain.getComponentType(), seen);
        }
        return plain.isRecord() && Arrays.stream(plain.getRecordComponents()).anyMatch(each -> isSensitive(each, seen));
    }
}
