package io.changeover.app.actuator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The last look at each view, taken by a thread of its own: whoever asks for health gets it at once, also while the
 * database hangs. A look that has grown old says only that.
 */
final class ViewLooks implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ViewLooks.class);

    private record Look(ViewReadiness readiness, long nanos) {}

    private final ViewCheck check;
    private final Duration interval;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Supplier<ScheduledExecutorService> threads;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService thread;
    private boolean failing;

    ViewLooks(ViewCheck check, HealthProperties properties) {
        this(check, properties, System::nanoTime, ViewLooks::daemon);
    }

    ViewLooks(
            ViewCheck check,
            HealthProperties properties,
            LongSupplier nanoTime,
            Supplier<ScheduledExecutorService> threads) {
        this.check = check;
        this.interval = properties.interval();
        this.patience = properties.patience();
        this.nanoTime = nanoTime;
        this.threads = threads;
    }

    private static ScheduledExecutorService daemon() {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "changeover-health");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Looks at all views now. */
    void look() {
        try {
            for (String view : check.views()) {
                long begun = nanoTime.getAsLong();
                looks.put(view, new Look(check.look(view), begun));
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Whether views can be served could not be found out; this node tries again", e);
            }
            failing = true;
        }
    }

    /** What was seen last. */
    ViewReadiness of(String view) {
        Look look = looks.get(view);
        if (look == null) {
            return new ViewReadiness(List.of(), "This node has not looked at view '%s' yet".formatted(view));
        }
        long age = nanoTime.getAsLong() - look.nanos();
        if (age > patience.toNanos()) {
            return new ViewReadiness(
                    look.readiness().serving(),
                    "Nothing is known of view '%s' for longer than %d s, because the database does not answer; make it reachable"
                            .formatted(view, patience.toSeconds()),
                    false);
        }
        return look.readiness();
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = threads.get();
        thread = started;
        var unused = started.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
