package io.changeover.view;

import java.util.Optional;

/**
 * A version whose rows somebody else maintains.
 *
 * @param id which version this is
 * @param rows shape of the rows that the query returns
 * @param canonical how a row becomes the canonical record
 * @param query a select that returns one row for each entry
 * @param positionQuery a select that returns the position up to which the rows are maintained, if declared
 * @param dataSource name of the data source that leads to the rows, where it is another than that of the event store
 */
public record ForeignVersion(
        VersionId id,
        RowShape rows,
        CanonicalForm canonical,
        String query,
        Optional<String> positionQuery,
        Optional<String> dataSource)
        implements VersionDefinition {

    /**
     * Compiles a declaration.
     *
     * @param declaration instance of a class with {@link ForeignView}
     * @throws InvalidViewException naming every problem at once
     */
    public static ForeignVersion of(Object declaration) {
        Declaration parts = new Declaration(declaration);
        ForeignView view = parts.required(ForeignView.class);
        VersionId id = new VersionId(view.name(), view.version());
        RowShape rows = parts.rows();
        CanonicalForm canonical = parts.canonical(rows);
        if (view.query().isBlank()) {
            parts.problem("the query is blank; give a select that returns the canonical rows");
        }
        parts.throwIfInvalid();
        return new ForeignVersion(
                id,
                rows,
                canonical,
                view.query(),
                view.position().isBlank() ? Optional.empty() : Optional.of(view.position()),
                view.dataSource().isBlank() ? Optional.empty() : Optional.of(view.dataSource()));
    }
}
