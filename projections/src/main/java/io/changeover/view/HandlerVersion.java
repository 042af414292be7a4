package io.changeover.view;

import java.util.Optional;

/**
 * A version whose rows an event handling component of the team writes, run by us.
 *
 * @param id which version this is
 * @param rows shape of the rows that the query returns
 * @param canonical how a row becomes the canonical record
 * @param handler class of the component
 * @param query a select that returns one row for each entry
 * @param segments segments that the version begins with
 * @param takesOver name of Axon's processor from whose tokens the version goes on; empty to build it from history
 */
public record HandlerVersion(
        VersionId id,
        RowShape rows,
        CanonicalForm canonical,
        Class<?> handler,
        String query,
        int segments,
        Optional<String> takesOver)
        implements VersionDefinition {

    private static final int MAX_SEGMENTS = 64;

    /**
     * Compiles a declaration.
     *
     * @param declaration instance of a class with {@link HandlerView}
     * @throws InvalidViewException naming every problem at once
     */
    public static HandlerVersion of(Object declaration) {
        Declaration parts = new Declaration(declaration);
        HandlerView view = parts.required(HandlerView.class);
        VersionId id = new VersionId(view.name(), view.version());
        RowShape rows = parts.rows();
        CanonicalForm canonical = parts.canonical(rows);
        if (view.query().isBlank()) {
            parts.problem("the query is blank; give a select that returns the canonical rows");
        }
        if (view.segments() < 1 || view.segments() > MAX_SEGMENTS) {
            parts.problem(
                    "segments is %d but must be from 1 to %d; change it".formatted(view.segments(), MAX_SEGMENTS));
        }
        if (view.takesOver().equals(id.toString())) {
            parts.problem(
                    "takesOver is '%s', the version itself, but must name Axon's processor that has maintained the tables; leave it empty where there is none"
                            .formatted(view.takesOver()));
        }
        parts.throwIfInvalid();
        return new HandlerVersion(
                id,
                rows,
                canonical,
                view.handler(),
                view.query(),
                view.segments(),
                view.takesOver().isBlank() ? Optional.empty() : Optional.of(view.takesOver()));
    }
}
