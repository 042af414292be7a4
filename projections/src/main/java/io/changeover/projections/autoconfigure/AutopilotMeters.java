package io.changeover.projections.autoconfigure;

import io.changeover.autopilot.Autopilot;
import io.changeover.changeover.GateReading;
import io.changeover.gate.BuiltInGates;
import io.changeover.gate.Gate;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of gates: what each says, on the node that carries the changeover and not a number on others. Tags are views, and
 * gates of the application, so their number is that of what a team declares.
 */
final class AutopilotMeters implements MeterBinder {

    private final Versions versions;
    private final Autopilot autopilot;
    private final ObjectProvider<Gate> beans;

    AutopilotMeters(Versions versions, Autopilot autopilot, ObjectProvider<Gate> beans) {
        this.versions = versions;
        this.autopilot = autopilot;
        this.beans = beans;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String view : versions.views()) {
            Stream.concat(BuiltInGates.NAMES.stream(), beans.stream().map(Gate::name))
                    .forEach(gate -> Gauge.builder("changeover.gate.verdict", () -> verdict(view, gate))
                            .description(
                                    MeterScope.NODE.says(
                                            "1 while the gate passes, 0 while it holds, -1 while it refuses, where the changeover is carried"))
                            .tag("view", view)
                            .tag("gate", gate)
                            .register(registry));
        }
    }

    private double verdict(String view, String gate) {
        return autopilot.readings(view).stream()
                .filter(reading -> reading.gate().equals(gate))
                .mapToDouble(AutopilotMeters::number)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double number(GateReading reading) {
        return switch (reading.verdict()) {
            case PASS -> 1;
            case HOLD -> 0;
            case REFUSE -> -1;
        };
    }
}
