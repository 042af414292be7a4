package io.changeover.projections.autoconfigure;

import io.changeover.serving.ReadTimes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Meters of calls of readers on this node, made when a version is first called. Tags are view and version. */
final class ReadMeters implements MeterBinder, ReadTimes {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    private final Map<Version, Calls> all = new ConcurrentHashMap<>();
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    private record Version(String view, int version) {}

    private record Calls(List<Timer> timers, LongAdder failed) {}

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        all.forEach((version, calls) -> calls.timers().add(register(registry, version, calls.failed())));
    }

    @Override
    public void took(String view, int version, long nanos) {
        for (Timer timer : calls(view, version).timers()) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void failed(String view, int version) {
        calls(view, version).failed().increment();
    }

    private Calls calls(String view, int number) {
        Version version = new Version(view, number);
        Calls known = all.get(version);
        return known == null ? begin(version) : known;
    }

    private synchronized Calls begin(Version version) {
        return all.computeIfAbsent(version, first -> {
            Calls calls = new Calls(new CopyOnWriteArrayList<>(), new LongAdder());
            registries.forEach(registry -> calls.timers().add(register(registry, first, calls.failed())));
            return calls;
        });
    }

    private static Timer register(MeterRegistry registry, Version version, LongAdder failed) {
        Tags tags = Tags.of("view", version.view(), "version", Integer.toString(version.version()));
        FunctionCounter.builder("changeover.read.errors", failed, LongAdder::sum)
                .description(MeterScope.NODE.says("Calls whose reader got an exception"))
                .baseUnit("calls")
                .tags(tags)
                .register(registry);
        return Timer.builder("changeover.read.latency")
                .description(
                        MeterScope.NODE.says(
                                "Time that the version took to answer; of calls that nothing stands between, a random one in 32 is timed"))
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
    }
}
