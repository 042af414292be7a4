package io.changeover.view;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes functions that read the components of records, as fast as code that was written for it. */
final class Accessors {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Accessors() {}

    static Function<Object, @Nullable Object> of(RecordComponent component) {
        component.getAccessor().setAccessible(true);
        try {
            return compiled(component);
        } catch (Throwable e) { // a module that is closed, a class loader that is gone: slower, but the same
            return reflective(component);
        }
    }

    @SuppressWarnings("unchecked") // the call site makes a Function of objects
    private static Function<Object, @Nullable Object> compiled(RecordComponent component) throws Throwable {
        Class<?> record = component.getDeclaringRecord();
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(record, LOOKUP);
        MethodHandle accessor = inside.unreflect(component.getAccessor());
        return (Function<Object, @Nullable Object>) LambdaMetafactory.metafactory(
                        inside,
                        "apply",
                        MethodType.methodType(Function.class),
                        MethodType.methodType(Object.class, Object.class),
                        accessor,
                        MethodType.methodType(accessor.type().returnType(), record)
                                .wrap()
                                .changeParameterType(0, record))
                .getTarget()
                .invoke();
    }

    private static Function<Object, @Nullable Object> reflective(RecordComponent component) {
        return row -> {
            try {
                return component.getAccessor().invoke(row);
            } catch (ReflectiveOperationException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                if (cause instanceof RuntimeException unchecked) {
                    throw unchecked;
                }
                throw new IllegalStateException(cause);
            }
        };
    }
}
