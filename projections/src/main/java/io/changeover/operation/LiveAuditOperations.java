package io.changeover.operation;

import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;
import io.changeover.audit.AuditTrail;
import io.changeover.report.ChangeoverMoments;
import io.changeover.view.Versions;

/** The audit trail as this node reads it. Safe for use by several threads. */
public final class LiveAuditOperations implements AuditOperations {

    private final Versions versions;
    private final ChangeoverMoments moments;
    private final AuditTrail trail;

    /** The verb over the trail. */
    public LiveAuditOperations(Versions versions, ChangeoverMoments moments, AuditTrail trail) {
        this.versions = versions;
        this.moments = moments;
        this.trail = trail;
    }

    /** What was done to a view that nobody declares any more is told all the same. */
    @Override
    public AuditPage trail(AuditQuery query) {
        String view = query.view();
        if (view != null && !moments.views().contains(view)) {
            versions.requireView(view);
        }
        return trail.page(query);
    }
}
