package io.changeover.projections.autoconfigure;

import io.changeover.autopilot.Autopilot;
import org.springframework.context.SmartLifecycle;

/** Starts the autopilot after the node's versions, and ends it before them. */
final class AutopilotLifecycle implements SmartLifecycle {

    private final Autopilot autopilot;
    private volatile boolean running;

    AutopilotLifecycle(Autopilot autopilot) {
        this.autopilot = autopilot;
    }

    @Override
    public void start() {
        autopilot.start();
        running = true;
    }

    @Override
    public void stop() {
        autopilot.close();
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
