package io.changeover.operation;

import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;

/** The verb that tells who did what, when and why. */
public interface AuditOperations {

    /** Most entries of a page. */
    int MAX_ENTRIES = 200;

    /**
     * Entries of all views, or of one, the latest first. Pages are stable: an entry that comes while somebody turns them
     * is on none of the older ones. An entry that is written later than its own time says, such as by a transaction that
     * took long, may lie on a page that was turned already.
     *
     * @param query which entries; with a limit of at most {@value #MAX_ENTRIES}
     * @throws io.changeover.view.UnknownVersionException when the view is neither declared nor was it ever routed
     */
    AuditPage trail(AuditQuery query);
}
