package io.changeover.projections.autoconfigure;

import io.changeover.effect.EffectLedger;
import io.changeover.effect.ViewEffects;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meters of effects by view, the same on every node; not a number while the database cannot be asked. */
final class EffectMeters implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(EffectMeters.class);

    private final EffectLedger ledger;

    EffectMeters(EffectLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String view : ledger.views()) {
            gauge(
                    registry,
                    view,
                    "pending",
                    "Effects that are to be done, or to be made up for",
                    ViewEffects.Counts::pending);
            gauge(
                    registry,
                    view,
                    "failed",
                    "Effects that have failed for good and wait for a person",
                    ViewEffects.Counts::failed);
        }
    }

    private void gauge(
            MeterRegistry registry,
            String view,
            String name,
            String description,
            ToDoubleFunction<ViewEffects.Counts> value) {
        Gauge.builder("changeover.effects." + name, () -> counted(view, value))
                .description(description)
                .baseUnit("effects")
                .tag("view", view)
                .register(registry);
    }

    private double counted(String view, ToDoubleFunction<ViewEffects.Counts> value) {
        try {
            return value.applyAsDouble(ledger.open(view));
        } catch (RuntimeException e) {
            LOG.debug("The effects of view {} could not be counted", view, e);
            return Double.NaN;
        }
    }
}
