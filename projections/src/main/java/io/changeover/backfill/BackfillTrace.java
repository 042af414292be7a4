package io.changeover.backfill;

import io.changeover.trace.Attribute;
import io.changeover.trace.Traces;
import io.changeover.trace.Work;
import io.changeover.view.VersionId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The span of one backfill, below that of the request which asked for it. Safe for use by several threads. */
final class BackfillTrace {

    /** More would not fit into a span by OpenTelemetry's default. */
    private static final int CHECKPOINTS = 128;

    private final Work work;
    private final AtomicBoolean ended = new AtomicBoolean();
    private int checkpoints;

    private BackfillTrace(Work work) {
        this.work = work;
    }

    static BackfillTrace begin(VersionId version, Traces traces) {
        return new BackfillTrace(traces.begin("backfill " + version)
                .tag(Attribute.VIEW, version.view())
                .tag(Attribute.VERSION, version.version()));
    }

    synchronized void checkpoint(long position) {
        work.tag(Attribute.POSITION, position);
        if (checkpoints < CHECKPOINTS) {
            checkpoints++;
            work.moment("checkpoint at position " + position);
        }
    }

    /** The backfill is over; later calls say nothing. */
    void end(String outcome, @Nullable Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            if (failure != null) {
                work.failed(failure);
            }
            work.tag(Attribute.OUTCOME, outcome).end();
        }
    }
}
