package io.changeover.view;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way from a row to the canonical record. Immutable and safe for use by several threads. */
public final class CanonicalForm {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final String name;
    private final MethodHandle method;
    private final RowShape shape;
    private final Equality equality;
    private final @Nullable List<String> sql;

    private CanonicalForm(
            String name, MethodHandle method, RowShape shape, Equality equality, @Nullable List<String> sql) {
        this.name = name;
        this.method = method;
        this.shape = shape;
        this.equality = equality;
        this.sql = sql;
    }

    /** Compiles the method, and adds to the problems what cannot be. */
    static CanonicalForm of(Object declaration, Method method, RowShape rows, List<String> problems) {
        RowShape shape = RowShape.of(method.getReturnType(), problems);
        CanonicalSql sql = method.getAnnotation(CanonicalSql.class);
        return new CanonicalForm(
                method.getName(),
                handle(declaration, method),
                shape,
                Equality.of(shape, problems),
                sql == null ? null : CanonicalExpressions.of(sql, rows, shape, problems));
    }

    private static MethodHandle handle(Object declaration, Method method) {
        try {
            method.setAccessible(true);
            MethodHandle unbound = LOOKUP.unreflect(method);
            MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? unbound : unbound.bindTo(declaration);
            return bound.asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shape of the canonical record. */
    public RowShape shape() {
        return shape;
    }

    /** When two canonical records are equal. */
    public Equality equality() {
        return equality;
    }

    /**
     * What the method does in SQL, as its team declares it: one expression over the unqualified columns of a row for each
     * component of the record, in order, of that component's SQL type. Empty where nothing is declared.
     */
    public Optional<List<String>> sql() {
        return Optional.ofNullable(sql);
    }

    /**
     * The canonical record of the row.
     *
     * @throws IllegalStateException when the team's method throws or returns null
     */
    public Object of(Object row) {
        Object record;
        try {
            record = method.invokeExact(row);
        } catch (OutOfMemoryError e) {
            throw e; // of the process, not of this method
        } catch (Throwable e) {
            throw new IllegalStateException("@Canonical method '%s' failed: %s".formatted(name, e), e);
        }
        if (record == null) {
            throw new IllegalStateException(
                    "@Canonical method '%s' returned null for row %s; every row has a canonical record"
                            .formatted(name, row));
        }
        return record;
    }
}
