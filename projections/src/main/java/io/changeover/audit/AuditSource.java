package io.changeover.audit;

import java.util.List;

/**
 * Adds entries to the audit trail. Every bean of this type is asked, on any thread, for each page of the trail.
 */
public interface AuditSource {

    /** Name of the source in lower-case letters; no other source has it. */
    String name();

    /**
     * The entries that the query admits, the latest first, and of one time that with the greater number first. No value of a
     * row or an event may be in them.
     *
     * @return at most as many as the query's limit
     */
    List<AuditEntry> entries(AuditQuery query);
}
