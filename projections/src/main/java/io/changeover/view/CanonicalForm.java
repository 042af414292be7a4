package io.changeover.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** The way from a row to the canonical record. Immutable and safe for use by several threads. */
public final class CanonicalForm {

    private final Object declaration;
    private final Method method;
    private final RowShape shape;

    CanonicalForm(Object declaration, Method method, RowShape shape) {
        this.declaration = declaration;
        this.method = method;
        this.shape = shape;
    }

    /** Shape of the canonical record. */
    public RowShape shape() {
        return shape;
    }

    /**
     * The canonical record of the row.
     *
     * @throws IllegalStateException when the team's method throws or returns null
     */
    public Object of(Object row) {
        try {
            Object record = method.invoke(declaration, row);
            if (record == null) {
                throw new IllegalStateException(
                        "@Canonical method '%s' returned null for row %s; every row has a canonical record"
                                .formatted(method.getName(), row));
            }
            return record;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "@Canonical method '%s' failed: %s".formatted(method.getName(), e.getCause()), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
