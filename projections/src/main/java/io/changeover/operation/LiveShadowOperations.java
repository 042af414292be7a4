package io.changeover.operation;

import io.changeover.shadow.ShadowReads;
import io.changeover.shadow.ShadowReport;

/** Shadow reads of this node. Safe for use by several threads. */
public final class LiveShadowOperations implements ShadowOperations {

    private final ShadowReads reads;

    /** The verb over the node's shadow reads. */
    public LiveShadowOperations(ShadowReads reads) {
        this.reads = reads;
    }

    @Override
    public ShadowReport report(String view) {
        return reads.report(view, MAX_DIFFERENCES);
    }
}
