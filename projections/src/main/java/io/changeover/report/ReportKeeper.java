package io.changeover.report;

import io.changeover.projection.DaemonThreads;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the reports of changeovers that end, on a thread of its own. It goes by the events in the store and not by what
 * this node happens to be told, so it makes up for a node that died, and every node may do it.
 */
public final class ReportKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportKeeper.class);

    private final ChangeoverReports reports;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-reports"));
    private boolean failing;

    /** A keeper that does not run yet. */
    public ReportKeeper(ChangeoverReports reports) {
        this.reports = reports;
    }

    /** Begins to look, at once and after each interval. To be called once. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(
                this::look, 0, reports.options().interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            int written = reports.keepEnded();
            if (written > 0) {
                LOG.info("Reports of {} changeovers were written", written);
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Reports of ended changeovers could not be kept; it is tried again after each interval", e);
            }
            failing = true;
        }
    }

    /** Ends the thread; what it has not kept is kept by another node, or at the next start. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
