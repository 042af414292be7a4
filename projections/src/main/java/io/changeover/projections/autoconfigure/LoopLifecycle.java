package io.changeover.projections.autoconfigure;

import org.springframework.context.SmartLifecycle;

/**
 * Starts something that runs beside a node's versions once these follow, before web traffic, and ends it before them and
 * before the node says that it stops.
 */
final class LoopLifecycle implements SmartLifecycle {

    private final Runnable start;
    private final Runnable stop;
    private volatile boolean running;

    LoopLifecycle(Runnable start, Runnable stop) {
        this.start = start;
        this.stop = stop;
    }

    @Override
    public void start() {
        start.run();
        running = true;
    }

    @Override
    public void stop() {
        stop.run();
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
