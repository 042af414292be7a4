package io.changeover.projections.autoconfigure;

import io.changeover.effect.EffectLoop;
import org.springframework.context.SmartLifecycle;

/** Starts the effects after the node's versions, and ends them before. */
final class EffectLifecycle implements SmartLifecycle {

    private final EffectLoop loop;
    private volatile boolean running;

    EffectLifecycle(EffectLoop loop) {
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
