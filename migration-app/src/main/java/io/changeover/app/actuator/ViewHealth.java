package io.changeover.app.actuator;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of one view on this node, as it was seen last. A view that cannot be served says so by a status that only the
 * group of readiness knows: who balances load must pass by the node, and who restarts nodes that are ill must not touch
 * it, since it is well and waits, as for its first version to be built.
 */
final class ViewHealth implements HealthIndicator {

    /** The node is well, and cannot serve a view. */
    static final Status NOT_READY = new Status("NOT_READY");

    private final String view;
    private final boolean counts;
    private final ViewLooks looks;

    /** @param counts whether the node is not ready while it cannot serve the view */
    ViewHealth(String view, boolean counts, ViewLooks looks) {
        this.view = view;
        this.counts = counts;
        this.looks = looks;
    }

    @Override
    public Health health() {
        ViewReadiness readiness = looks.of(view);
        String why = readiness.why();
        Health.Builder health = Health.status(why == null ? Status.UP : statusOf(readiness))
                .withDetail("serving", readiness.serving())
                .withDetail("counts", counts);
        return (why == null ? health : health.withDetail("reason", why)).build();
    }

    private Status statusOf(ViewReadiness readiness) {
        if (!counts) {
            return Status
                    .UNKNOWN; // neither good nor bad to whatever sums it up, but told to those who ask for the view
        }
        return readiness.known() ? NOT_READY : Status.DOWN;
    }
}
