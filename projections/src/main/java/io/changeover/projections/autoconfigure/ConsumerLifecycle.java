package io.changeover.projections.autoconfigure;

import io.changeover.consumer.CollectorLoop;
import org.springframework.context.SmartLifecycle;

/** Starts counting after the node follows who serves, and ends it after web traffic and before the node says that it stops. */
final class ConsumerLifecycle implements SmartLifecycle {

    private final CollectorLoop loop;
    private volatile boolean running;

    ConsumerLifecycle(CollectorLoop loop) {
        this.loop = loop;
    }

    @Override
    public void start() {
        loop.start();
        running = true;
    }

    @Override
    public void stop() {
        loop.close();
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
