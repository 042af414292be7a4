package io.changeover.projections.autoconfigure;

import io.changeover.fallback.Fallbacks;
import io.changeover.fallback.Outcome;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of fallbacks, one set for each declared version. Calls and the breaker are those of this node; the budget is that
 * of all; there are none where the team has a guard of its own. Tags are view, version and outcome, so their number is that of what a team declares.
 */
final class FallbackMeters implements MeterBinder {

    private final Versions versions;
    private final ObjectProvider<Fallbacks> fallbacks;

    FallbackMeters(Versions versions, ObjectProvider<Fallbacks> fallbacks) {
        this.versions = versions;
        this.fallbacks = fallbacks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        fallbacks.ifAvailable(own -> versions.views().stream()
                .flatMap(view -> versions.of(view).stream())
                .forEach(version -> bind(registry, own, version.id())));
    }

    private static void bind(MeterRegistry registry, Fallbacks fallbacks, VersionId version) {
        Tags tags = Tags.of("view", version.view(), "version", Integer.toString(version.version()));
        for (Outcome outcome : Outcome.values()) {
            FunctionCounter.builder("changeover.fallback.calls", fallbacks, each -> each.calls(version, outcome))
                    .description(MeterScope.NODE.says("Calls that were the new version's to answer, by how they ended"))
                    .baseUnit("calls")
                    .tags(tags.and("outcome", outcome.text()))
                    .register(registry);
        }
        Gauge.builder("changeover.fallback.breaker", () -> fallbacks
                        .breaker(version)
                        .map(FallbackMeters::number)
                        .orElse(Double.NaN))
                .description(MeterScope.NODE.says("0 while the breaker is closed, 1 half open, 2 open"))
                .tags(tags)
                .register(registry);
        Gauge.builder("changeover.fallback.budget.left", () -> fallbacks
                        .budget(version)
                        .map(budget -> (double) budget.left())
                        .orElse(Double.NaN))
                .description(MeterScope.STORE.says(
                        "Calls that may still fall back in the changeover; below zero when more did than may"))
                .baseUnit("calls")
                .tags(tags)
                .register(registry);
    }

    private static double number(String state) {
        return switch (state) {
            case "closed" -> 0;
            case "half-open" -> 1;
            default -> 2;
        };
    }
}
