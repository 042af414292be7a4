package io.changeover.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some entries of the audit trail.
 *
 * @param entries the entries, the latest first
 * @param next where the older ones go on, in the form of {@link AuditCursor}; null where there are none
 */
public record AuditPage(List<AuditEntry> entries, @Nullable String next) {

    /** Copies the list. */
    public AuditPage {
        entries = List.copyOf(entries);
    }
}
