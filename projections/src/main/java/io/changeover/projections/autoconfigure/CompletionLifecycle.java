package io.changeover.projections.autoconfigure;

import io.changeover.completion.CompletionLoop;
import org.springframework.context.SmartLifecycle;

/** Starts the loop after the node's versions, and ends it before them. */
final class CompletionLifecycle implements SmartLifecycle {

    private final CompletionLoop loop;
    private volatile boolean running;

    CompletionLifecycle(CompletionLoop loop) {
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
