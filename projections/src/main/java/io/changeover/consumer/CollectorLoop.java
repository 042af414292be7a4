package io.changeover.consumer;

import io.changeover.projection.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects after each interval, on a thread of its own, and a last time when it is closed. */
public final class CollectorLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorLoop.class);
    private static final long PATIENCE_SECONDS = 20;

    private final ReadCollector collector;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-consumers"));
    private boolean failing;

    /** A loop that does not run yet. */
    public CollectorLoop(ReadCollector collector) {
        this.collector = collector;
    }

    /** Begins to collect. To be called once. */
    public void start() {
        long interval = collector.options().interval().toMillis();
        var unused = thread.scheduleWithFixedDelay(this::collect, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void collect() {
        try {
            collector.collect();
            if (failing) {
                LOG.info("Reads are counted again, those of the meantime among them");
            }
            failing = false;
        } catch (RuntimeException e) {
            // As when the database is away; the same is said once, and the next interval tries again.
            if (!failing) {
                LOG.error(
                        "Who has read what could not be written; the counts are kept and written later, but are lost if this node is killed before. Until then no changeover is completed. See to its database",
                        e);
            }
            failing = true;
        }
    }

    /** Ends the loop and collects a last time; what cannot be written then is told and lost. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.error(
                        "What was read last could not be written within {} seconds and is not counted",
                        PATIENCE_SECONDS);
                return;
            }
            collector.takeIn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("What was read last could not be written and is not counted", e);
        }
    }
}
