package io.changeover.meter;

import io.changeover.projection.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what meters need done again and again, in order, on a thread of its own. What fails is done again the next time. */
public final class MeterFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeterFeed.class);

    private final List<Runnable> steps;
    private final Duration interval;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-meters"));

    /**
     * A feed that does not run yet.
     *
     * @param interval rest between two rounds
     */
    public MeterFeed(List<Runnable> steps, Duration interval) {
        this.steps = List.copyOf(steps);
        this.interval = interval;
    }

    /** Begins at once. To be called once. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.debug("Something that meters show could not be looked at; it is tried again", e);
            }
        }
    }

    /** Ends it, also where a step hangs. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
