package io.changeover.view;

import io.changeover.event.EventType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A version built by folds: pure functions from a row and an event to the next row. Safe for use by several threads. */
public final class FoldedVersion implements VersionDefinition {

    private record Folds(@Nullable FoldMethod creating, @Nullable FoldMethod changing) {

        FoldMethod any() {
            return Objects.requireNonNull(creating != null ? creating : changing);
        }
    }

    private final Class<?> declaration;
    private final VersionId id;
    private final RowShape rows;
    private final CanonicalForm canonical;
    private final Map<Class<?>, Folds> folds;
    private final Set<String> eventNames;

    private FoldedVersion(
            Class<?> declaration, VersionId id, RowShape rows, CanonicalForm canonical, Map<Class<?>, Folds> folds) {
        this.declaration = declaration;
        this.id = id;
        this.rows = rows;
        this.canonical = canonical;
        this.folds = Map.copyOf(folds);
        this.eventNames = folds.keySet().stream()
                .map(type -> Objects.requireNonNull(type.getAnnotation(EventType.class))
                        .name())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Compiles a declaration.
     *
     * @param declaration instance of a class with {@link View}
     * @throws InvalidViewException naming every problem at once
     */
    public static FoldedVersion of(Object declaration) {
        Declaration parts = new Declaration(declaration);
        View view = parts.required(View.class);
        VersionId id = new VersionId(view.name(), view.version());
        RowShape rows = parts.rows();
        CanonicalForm canonical = parts.canonical(rows);
        Map<Class<?>, Folds> folds = new HashMap<>();
        for (Method method : parts.methods(Fold.class)) {
            FoldMethod fold = FoldMethod.of(method, parts, rows);
            if (fold != null) {
                add(fold, folds, parts);
            }
        }
        if (folds.isEmpty() && parts.problems().isEmpty()) {
            parts.problem("there is no @Fold method but a folded version needs at least one; add one");
        }
        parts.throwIfInvalid();
        return new FoldedVersion(declaration.getClass(), id, rows, canonical, folds);
    }

    private static void add(FoldMethod fold, Map<Class<?>, Folds> folds, Declaration parts) {
        Folds before = folds.getOrDefault(fold.eventClass(), new Folds(null, null));
        boolean twice = fold.takesRow() ? before.changing() != null : before.creating() != null;
        if (twice) {
            parts.problem("two @Fold methods take event '%s' %s a row but each form may exist once; remove one"
                    .formatted(fold.eventClass().getSimpleName(), fold.takesRow() ? "with" : "without"));
        }
        folds.put(
                fold.eventClass(),
                fold.takesRow() ? new Folds(before.creating(), fold) : new Folds(fold, before.changing()));
    }

    @Override
    public VersionId id() {
        return id;
    }

    @Override
    public RowShape rows() {
        return rows;
    }

    @Override
    public CanonicalForm canonical() {
        return canonical;
    }

    /** The class with {@link View} that declares the version. */
    public Class<?> declaration() {
        return declaration;
    }

    /** Names of the events that some fold handles. */
    public Set<String> eventNames() {
        return eventNames;
    }

    /** Whether a fold handles events of this class. */
    public boolean handles(Object event) {
        return folds.containsKey(event.getClass());
    }

    /**
     * The key that the event names, for an event that some fold {@link #handles}. A key shorter than that of a row means
     * all existing rows of its home.
     *
     * @throws FoldException when the event has null where its key is expected
     */
    public RowKey key(Object event) {
        return folds(event).any().key(event);
    }

    /**
     * The next row.
     *
     * @param row the row before, or null when there is none
     * @return the next row as the database would return it, or null when the row is to be deleted
     * @throws FoldException when the fold throws, when a row exists that must not or is missing that must exist, when
     *     the next row has another key or cannot be stored
     */
    public @Nullable Object fold(@Nullable Object row, Object event, EventInfo info) {
        FoldMethod fold = choose(row, event);
        Object next = fold.apply(row, event, info);
        if (next == null) {
            return null;
        }
        try {
            next = rows.normalised(next);
        } catch (IllegalArgumentException e) {
            throw new FoldException(String.valueOf(e.getMessage()), e);
        }
        requireKey(row, event, fold, next);
        return next;
    }

    /** Whether an event that some fold {@link #handles} always makes a row that was not there. */
    public boolean onlyMakes(Object event) {
        return folds(event).changing() == null;
    }

    /** Whether an event that some fold {@link #handles} may make a row that was not there. */
    public boolean mayMake(Object event) {
        Folds both = folds(event);
        return both.creating() != null
                || Objects.requireNonNull(both.changing()).rowNullable();
    }

    private FoldMethod choose(@Nullable Object row, Object event) {
        Folds both = folds(event);
        if (row != null) {
            if (both.changing() == null) {
                throw new FoldException(
                        "event '%s' makes a new row but row %s exists already; give its fold a row parameter if that is allowed"
                                .formatted(event.getClass().getSimpleName(), rows.key(row)));
            }
            return both.changing();
        }
        if (both.creating() != null) {
            return both.creating();
        }
        FoldMethod changing = Objects.requireNonNull(both.changing());
        if (!changing.rowNullable()) {
            throw new FoldException(
                    "event '%s' changes row %s but there is no such row; mark the row parameter @Nullable if that is allowed"
                            .formatted(event.getClass().getSimpleName(), changing.key(event)));
        }
        return changing;
    }

    private void requireKey(@Nullable Object row, Object event, FoldMethod fold, Object next) {
        boolean same = row == null ? rows.hasKey(next, fold.key(event)) : rows.haveSameKey(row, next);
        if (!same) {
            RowKey expected = row == null ? fold.key(event) : rows.key(row);
            throw new FoldException("the fold returned a row with key %s for key %s; a fold must not change the key"
                    .formatted(rows.key(next), expected));
        }
    }

    private Folds folds(Object event) {
        Folds both = folds.get(event.getClass());
        if (both == null) {
            throw new IllegalArgumentException(
                    "%s has no fold for %s".formatted(id, event.getClass().getName()));
        }
        return both;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
