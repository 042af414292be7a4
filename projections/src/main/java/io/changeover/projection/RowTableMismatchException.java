package io.changeover.projection;

import io.changeover.view.VersionId;
import java.util.List;

/**
 * The table of a version has other columns than its row record. Retrying cannot help; a row record that has been built
 * must not change.
 */
public final class RowTableMismatchException extends RuntimeException {

    private final VersionId version;

    RowTableMismatchException(VersionId version, String table, List<String> found, List<String> expected) {
        super(
                "Table %s has the columns %s but the row record of '%s' has %s; a version that was built keeps its row, so declare the new row as a new version"
                        .formatted(table, found, version, expected));
        this.version = version;
    }

    /** The version whose record changed. */
    public VersionId version() {
        return version;
    }
}
