package io.changeover.projections.autoconfigure;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.backfill.StageTimes;
import io.changeover.view.VersionDefinition;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the backfills of this node, one set for each declared version: not a number while the version has no backfill
 * here. Tags are view and version, so their number is that of what a team declares.
 */
final class BackfillMeters implements MeterBinder {

    private static final Map<String, Function<StageTimes, Duration>> STAGES = Map.of(
            "read", StageTimes::read,
            "parse", StageTimes::parse,
            "fold", StageTimes::fold,
            "load", StageTimes::load,
            "write", StageTimes::write,
            "index", StageTimes::index);

    private final Versions versions;
    private final Backfills backfills;

    BackfillMeters(Versions versions, Backfills backfills) {
        this.versions = versions;
        this.backfills = backfills;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (VersionDefinition version : versions.built()) {
            gauge(
                    registry,
                    version,
                    "total",
                    "Events that concern the version, exactly",
                    "events",
                    progress -> progress.total());
            gauge(registry, version, "done", "Events that are folded", "events", BackfillProgress::done);
            gauge(
                    registry,
                    version,
                    "rate",
                    "Events folded in a second, over ten seconds",
                    "events",
                    BackfillProgress::rate);
            gauge(registry, version, "eta", "Time left at this rate", "seconds", progress -> seconds(progress.eta()));
            gauge(
                    registry,
                    version,
                    "memory",
                    "Estimate of the memory that its rows take",
                    "bytes",
                    BackfillProgress::bytesInMemory);
            gauge(
                    registry,
                    version,
                    "dead.letters",
                    "Events that wait because they could not be folded",
                    "events",
                    BackfillProgress::deadLetters);
            STAGES.forEach((stage, time) -> Gauge.builder(
                            "changeover.backfill.stage",
                            () -> value(version, progress -> seconds(time.apply(progress.stages()))))
                    .description(MeterScope.NODE.says("Time in a stage, summed over the threads that work at once"))
                    .baseUnit("seconds")
                    .tags(tags(version).and("stage", stage))
                    .register(registry));
        }
    }

    private void gauge(
            MeterRegistry registry,
            VersionDefinition version,
            String name,
            String description,
            String unit,
            ToDoubleFunction<BackfillProgress> value) {
        Gauge.builder("changeover.backfill." + name, () -> value(version, value))
                .description(MeterScope.NODE.says(description))
                .baseUnit(unit)
                .tags(tags(version))
                .register(registry);
    }

    private double value(VersionDefinition version, ToDoubleFunction<BackfillProgress> value) {
        return backfills.progress(version.id()).map(value::applyAsDouble).orElse(Double.NaN);
    }

    private static Tags tags(VersionDefinition version) {
        return Tags.of(
                "view",
                version.id().view(),
                "version",
                Integer.toString(version.id().version()));
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : duration.toNanos() / 1e9;
    }
}
