package io.changeover.autopilot;

import io.changeover.autopilot.Controls.Order;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.projection.DaemonThreads;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Comparisons on threads of their own, at most one of each changeover at a time, since decisions must not wait for them. */
final class Verifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);

    private final Controls controls;
    private final Clock clock;
    private final Map<String, Verification> all = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DaemonThreads("changeover-autopilot-verify"));

    Verifications(Controls controls, Clock clock) {
        this.controls = controls;
        this.clock = clock;
    }

    Verification of(Attempt attempt) {
        return all.getOrDefault(attempt.id(), Verification.NONE);
    }

    void begin(String view, Attempt attempt) {
        if (threads.isShutdown() || of(attempt).running()) {
            return;
        }
        all.put(attempt.id(), new Verification(true, null, null));
        threads.execute(() -> run(view, attempt));
    }

    private void run(String view, Attempt attempt) {
        try {
            controls.verify(view, new Order("the plan asks for it", Pilot.verificationId(attempt)));
            all.remove(attempt.id());
        } catch (RuntimeException e) {
            if (!threads.isShutdown()) {
                LOG.warn("Versions of view {} could not be compared; it is tried again", view, e);
            }
            all.put(
                    attempt.id(),
                    new Verification(
                            false, "%s: %s".formatted(e.getClass().getName(), e.getMessage()), clock.instant()));
        } catch (Error e) {
            all.put(attempt.id(), new Verification(false, e.toString(), clock.instant()));
            throw e;
        }
    }

    /** Gives up what is being compared; whoever goes on begins anew. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
