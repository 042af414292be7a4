package io.changeover.reconcile;

import io.changeover.projection.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles by itself, on one thread that nothing but {@link #close()} ends. */
public final class ReconciliationLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationLoop.class);
    private static final long PATIENCE_SECONDS = 20;

    private final Reconciliation reconciliation;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DaemonThreads("changeover-reconciliation"));
    private final Semaphore end = new Semaphore(0);
    private String failure = "";

    /** A loop that does not run yet. */
    public ReconciliationLoop(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /** Begins to look, after each interval. To be called once. */
    public void start() {
        thread.execute(this::run);
    }

    private void run() {
        boolean more = false;
        while (!ended(more ? Duration.ZERO : reconciliation.interval())) {
            more = step();
        }
    }

    private boolean step() {
        try {
            boolean more = reconciliation.step();
            if (!failure.isEmpty()) {
                LOG.info("Versions are compared again");
                failure = "";
            }
            return more;
        } catch (RuntimeException e) {
            // As when the database is away; the same is said once, and the next interval tries again.
            String text = Reconciliation.reason(e);
            if (!text.equals(failure)) {
                LOG.error(
                        "Versions could not be compared, so whether they drift apart is not known; it is tried again after each interval. Mend what the message names",
                        e);
                failure = text;
            }
            return false;
        }
    }

    private boolean ended(Duration pause) {
        try {
            return end.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody interrupts this thread but a process that ends
        }
    }

    /** Ends the loop and waits for it; what was being compared is compared again when a node looks next. */
    @Override
    public void close() {
        reconciliation.close();
        end.release();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A comparison did not stop within {} seconds; it is done again later", PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
