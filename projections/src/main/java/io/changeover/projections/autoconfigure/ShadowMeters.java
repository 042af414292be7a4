package io.changeover.projections.autoconfigure;

import io.changeover.shadow.Outcome;
import io.changeover.shadow.ShadowWitness;
import io.changeover.view.VersionId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Meters of the shadow reads of this node. Tags are view, version and outcome, so their number is that of what a team declares. */
final class ShadowMeters implements MeterBinder, ShadowWitness {

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    @Override
    public void ended(VersionId shadow, Outcome outcome) {
        for (MeterRegistry registry : registries) {
            Counter.builder("changeover.shadow.reads")
                    .description(MeterScope.NODE.says("Sampled calls by what became of them"))
                    .tags(tags(shadow).and("outcome", outcome.text()))
                    .register(registry)
                    .increment();
        }
    }

    @Override
    public void took(VersionId version, long nanos) {
        for (MeterRegistry registry : registries) {
            Timer.builder("changeover.shadow.latency")
                    .description(MeterScope.NODE.says("Time that the version took for sampled calls that it answered"))
                    .tags(tags(version))
                    .register(registry)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static Tags tags(VersionId version) {
        return Tags.of("view", version.view(), "version", Integer.toString(version.version()));
    }
}
