package io.changeover.projections.autoconfigure;

import io.changeover.autopilot.Autopilot;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Phase;
import io.changeover.gate.BuiltInGates;
import io.changeover.gate.Gate;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of changeovers: what each gate says, on the node that carries the changeover and not a number on others, and which
 * phase each view is in, on every node. Tags are views, phases, and gates of the application, so their number is that of what
 * a team declares.
 */
final class AutopilotMeters implements MeterBinder {

    private final Versions versions;
    private final Router router;
    private final Autopilot autopilot;
    private final ObjectProvider<Gate> beans;

    AutopilotMeters(Versions versions, Router router, Autopilot autopilot, ObjectProvider<Gate> beans) {
        this.versions = versions;
        this.router = router;
        this.autopilot = autopilot;
        this.beans = beans;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String view : versions.views()) {
            Stream.concat(BuiltInGates.NAMES.stream(), beans.stream().map(Gate::name))
                    .forEach(gate -> Gauge.builder("changeover.gate.verdict", () -> verdict(view, gate))
                            .description("1 while the gate passes, 0 while it holds, -1 while it refuses")
                            .tag("view", view)
                            .tag("gate", gate)
                            .register(registry));
            for (Phase phase : Phase.values()) {
                Gauge.builder("changeover.phase", () -> isIn(view, phase) ? 1 : 0)
                        .description("1 while the view's latest changeover is in the phase, else 0")
                        .tag("view", view)
                        .tag("phase", phase.text())
                        .register(registry);
            }
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

    private boolean isIn(String view, Phase phase) {
        return router.state(view)
                .map(ChangeoverState::latest)
                .filter(attempt -> attempt.phase() == phase)
                .isPresent();
    }
}
