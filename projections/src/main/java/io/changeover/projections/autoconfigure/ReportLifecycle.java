package io.changeover.projections.autoconfigure;

import io.changeover.report.ReportKeeper;
import org.springframework.context.SmartLifecycle;

/** Starts the keeper after the node's versions, and ends it before them. */
final class ReportLifecycle implements SmartLifecycle {

    private final ReportKeeper keeper;
    private volatile boolean running;

    ReportLifecycle(ReportKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public void start() {
        keeper.start();
        running = true;
    }

    @Override
    public void stop() {
        keeper.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return NodeLifecycle.PHASE + 1;
    }
}
