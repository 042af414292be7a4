package io.changeover.app.console;

import io.changeover.projection.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the open changeovers for as long as this node runs. */
final class SeriesLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesLifecycle.class);

    private final Series series;
    private @Nullable ScheduledExecutorService looking;

    SeriesLifecycle(Series series) {
        this.series = series;
    }

    @Override
    public synchronized void start() {
        if (looking == null) {
            looking = Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-series"));
            long every = Series.EVERY.toMillis();
            var unused = looking.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
        }
    }

    /** A look that fails leaves a gap in a chart, and must not end the looking. */
    private void look() {
        try {
            series.look();
        } catch (RuntimeException e) {
            LOG.debug("What charts show could not be read", e);
        }
    }

    @Override
    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looking != null;
    }
}
