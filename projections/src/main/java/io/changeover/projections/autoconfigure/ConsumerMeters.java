package io.changeover.projections.autoconfigure;

import io.changeover.consumer.BoundedConsumerNames;
import io.changeover.consumer.ReadListener;
import io.changeover.serving.ReadTally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Meters of what this node has answered, as late as it counts. Tags are views, versions and the consumers that are declared;
 * at most 1,000 of each kind are made, and what is read by further consumers is counted as read by others.
 */
final class ConsumerMeters implements MeterBinder, ReadListener {

    static final int MAX_METERS = 1_000;

    /** Stands for all who have not declared that they read: what callers send never becomes a tag. */
    static final String UNDECLARED = "undeclared";

    private final Map<Meter, AtomicLong> meters = new LinkedHashMap<>();
    private final Map<String, Integer> made = new LinkedHashMap<>();
    private final List<MeterRegistry> registries = new ArrayList<>();

    private record Meter(String name, String description, Tags tags) {}

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        registries.add(registry);
        meters.forEach((meter, calls) -> register(registry, meter, calls));
    }

    @Override
    public synchronized void taken(ReadTally tally, boolean declared) {
        boolean named = declared || tally.identity().consumer().equals(BoundedConsumerNames.ANONYMOUS);
        String consumer = named ? tally.identity().consumer() : UNDECLARED;
        Tags view = Tags.of("view", tally.view());
        Tags version = view.and("version", Integer.toString(tally.version()));
        add("changeover.reads", "Calls that were answered", version, consumer, tally.calls());
        if (!declared) {
            add(
                    "changeover.consumers.undeclared",
                    "Calls of consumers that have not declared them",
                    view,
                    null,
                    tally.calls());
        }
    }

    private void add(String name, String description, Tags tags, @Nullable String consumer, long calls) {
        Meter own = new Meter(name, description, consumer == null ? tags : tags.and("consumer", consumer));
        boolean bounded = meters.containsKey(own) || made.getOrDefault(name, 0) < MAX_METERS;
        Meter meter = bounded ? own : new Meter(name, description, tags.and("consumer", BoundedConsumerNames.OTHERS));
        AtomicLong count = meters.get(meter);
        if (count == null) {
            count = new AtomicLong();
            meters.put(meter, count);
            made.merge(name, 1, Integer::sum);
            for (MeterRegistry registry : registries) {
                register(registry, meter, count);
            }
        }
        count.addAndGet(calls);
    }

    private static void register(MeterRegistry registry, Meter meter, AtomicLong calls) {
        FunctionCounter.builder(meter.name(), calls, AtomicLong::doubleValue)
                .description(MeterScope.NODE.says(meter.description()))
                .baseUnit("calls")
                .tags(meter.tags())
                .register(registry);
    }
}
