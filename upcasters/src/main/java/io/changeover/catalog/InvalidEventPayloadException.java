package io.changeover.catalog;

import io.changeover.upcast.Revision;
import java.util.List;

/** An event does not fit the schema of its class and was not stored. A retry helps once the writer has changed. */
public final class InvalidEventPayloadException extends RuntimeException {

    private final transient Revision revision;
    private final List<String> violations;

    InvalidEventPayloadException(Revision revision, List<String> violations) {
        super("Event '%s' was not stored, because it does not fit its schema: %s; correct what writes it"
                .formatted(revision, String.join("; ", violations)));
        this.revision = revision;
        this.violations = List.copyOf(violations);
    }

    /** The revision that the event was to be stored in. */
    public Revision revision() {
        return revision;
    }

    /** Each violation with path and rule, and the value where it is not sensitive; never empty. */
    public List<String> violations() {
        return violations;
    }
}
