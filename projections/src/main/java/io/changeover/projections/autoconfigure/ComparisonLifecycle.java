package io.changeover.projections.autoconfigure;

import io.changeover.comparison.Comparisons;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.springframework.context.SmartLifecycle;

/** Goes on with comparisons once the node's versions follow, and stops them before these. */
final class ComparisonLifecycle implements SmartLifecycle {

    /** Just after {@link NodeLifecycle}. */
    private static final int PHASE = SpringAxonConfiguration.LIFECYCLE_PHASE + 513;

    private final Comparisons comparisons;
    private volatile boolean running;

    ComparisonLifecycle(Comparisons comparisons) {
        this.comparisons = comparisons;
    }

    @Override
    public void start() {
        comparisons.start();
        running = true;
    }

    @Override
    public void stop() {
        comparisons.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
