package io.changeover.projections.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The meter of appends of this node. */
final class AppendMeters implements MeterBinder {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(1_000)
    };

    private final List<Timer> timers = new CopyOnWriteArrayList<>();

    @Override
    public void bindTo(MeterRegistry registry) {
        timers.add(Timer.builder("changeover.append.latency")
                .description(MeterScope.NODE.says(
                        "Time of an append, from just before its events are inserted until they are committed"))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    /** @param begun when the append began, by {@link System#nanoTime} */
    void committed(long begun) {
        long nanos = System.nanoTime() - begun;
        timers.forEach(timer -> timer.record(nanos, TimeUnit.NANOSECONDS));
    }
}
