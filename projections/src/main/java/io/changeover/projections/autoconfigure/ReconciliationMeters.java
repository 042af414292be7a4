package io.changeover.projections.autoconfigure;

import io.changeover.reconcile.Drift;
import io.changeover.reconcile.Reconciliation;
import io.changeover.reconcile.VersionPair;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the reconciliation, one set for each pair of versions that could be compared: not a number while the pair is
 * not. Every node shows what the last look has found, whichever node it was on; only compared rows are those of the node.
 * Tags are view and versions, so their number is that of what a team declares.
 */
final class ReconciliationMeters implements MeterBinder {

    private final Reconciliation reconciliation;
    private final Clock clock;

    ReconciliationMeters(Reconciliation reconciliation, Clock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (VersionPair pair : reconciliation.possible()) {
            Tags tags = Tags.of(
                    "view",
                    pair.view(),
                    "left",
                    Integer.toString(pair.left().version()),
                    "right",
                    Integer.toString(pair.right().version()));
            gauge(registry, pair, tags, "drift", "Rows that are not the same on both sides", "rows", Drift::rows);
            gauge(
                    registry,
                    pair,
                    tags,
                    "behind",
                    "Positions of the event store that were not compared yet",
                    "positions",
                    Drift::behind);
            gauge(
                    registry,
                    pair,
                    tags,
                    "alert",
                    "1 while more rows differ than may, else 0",
                    null,
                    drift -> drift.alert() ? 1 : 0);
            gauge(
                    registry,
                    pair,
                    tags.and("look", "touched"),
                    "age",
                    "Time since rows were last compared: those that events have touched, or all",
                    "seconds",
                    drift -> age(drift.comparedAt()));
            gauge(
                    registry,
                    pair,
                    tags.and("look", "all"),
                    "age",
                    "Time since rows were last compared: those that events have touched, or all",
                    "seconds",
                    drift -> age(drift.fullAt()));
            FunctionCounter.builder("changeover.parity.compared", reconciliation, each -> each.compared(pair))
                    .description(MeterScope.NODE.says("Rows that were compared"))
                    .baseUnit("rows")
                    .tags(tags)
                    .register(registry);
        }
    }

    private void gauge(
            MeterRegistry registry,
            VersionPair pair,
            Tags tags,
            String name,
            String description,
            @Nullable String unit,
            ToDoubleFunction<Drift> value) {
        Gauge.builder("changeover.parity." + name, () -> reconciliation
                        .latest(pair)
                        .map(value::applyAsDouble)
                        .orElse(Double.NaN))
                .description(MeterScope.STORE.says(description))
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private double age(@Nullable Instant since) {
        return since == null
                ? Double.NaN
                : Duration.between(since, clock.instant()).toMillis() / 1e3;
    }
}
