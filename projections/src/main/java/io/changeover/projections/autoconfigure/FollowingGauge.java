package io.changeover.projections.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gauge whose series come and go with what they are about. One that stays is never taken out for a moment, so no scrape
 * misses it.
 */
final class FollowingGauge {

    private final String name;
    private final String description;
    private final @Nullable String unit;
    private final Supplier<Stream<Series>> series;
    private final List<MultiGauge> bound = new CopyOnWriteArrayList<>();

    /**
     * One series.
     *
     * @param value what it shows whenever it is asked, as long as its tags come up again; must not wait for anything
     */
    record Series(Tags tags, DoubleSupplier value) {}

    /**
     * A gauge that is bound to no registry yet.
     *
     * @param unit base unit, or null for none
     * @param series those that there are now, each with its own tags
     */
    FollowingGauge(
            String name, MeterScope scope, String description, @Nullable String unit, Supplier<Stream<Series>> series) {
        this.name = name;
        this.description = scope.says(description);
        this.unit = unit;
        this.series = series;
    }

    void bindTo(MeterRegistry registry) {
        bound.add(
                MultiGauge.builder(name).description(description).baseUnit(unit).register(registry));
        refresh();
    }

    /** Takes note of what has come and gone. */
    void refresh() {
        List<MultiGauge.Row<?>> rows = series.get()
                .<MultiGauge.Row<?>>map(each ->
                        MultiGauge.Row.of(each.tags(), () -> each.value().getAsDouble()))
                .toList();
        bound.forEach(gauge -> gauge.register(rows));
    }
}
