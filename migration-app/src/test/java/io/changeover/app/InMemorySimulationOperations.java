package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.SimulationOperations;
import io.changeover.simulation.Impact;
import io.changeover.simulation.PastErrors;
import io.changeover.simulation.Simulation;
import io.changeover.simulation.Span;
import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Estimates of a view {@code order-board}: of version 2 there are earlier ones, of version 3 there are none. */
public final class InMemorySimulationOperations implements SimulationOperations {

    @Override
    public Simulation simulate(VersionId version, int sample) {
        if (version.version() == 9) {
            throw new OperationRefusedException(
                    "not-folded", "Version 'order-board@9' is not built from folds; name one");
        }
        boolean first = version.version() == 3;
        Map<String, Long> names = new LinkedHashMap<>();
        names.put("order.placed", 200_000L);
        names.put("order.shipped", 100_000L);
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("read", 4.0);
        stages.put("write", 130.0);
        return new Simulation(
                version.toString(),
                300_123,
                300_000,
                names,
                sample,
                first ? 0 : 40,
                new Span(5, 9.5, 7_400),
                stages,
                new Span(180_000, 200_000, 220_000),
                "the events that make rows",
                new Span(20_000_000, 20_000_000, 20_000_000),
                new Span(4_000_000, 4_100_000, 4_200_000),
                new Span(24_000_000, 40_000_000, 90_000_000),
                new Span(1e8, 1e8, 1e8),
                first ? 200_000_000 : 50_000_000,
                0.62,
                2,
                first ? List.of() : List.of("operator stops it: stopped by hand"),
                first ? new PastErrors(0, 0, 0, 1) : new PastErrors(4, -0.12, 0.2, 1.08));
    }

    @Override
    public Impact impact(VersionId version) {
        return switch (version.version()) {
            case 1 -> new Impact("order-board@1", Impact.Kind.NOTHING, List.of(), List.of(), 0, 326, List.of());
            case 2 ->
                new Impact(
                        "order-board@2",
                        Impact.Kind.SOME_KEYS,
                        List.of("folds of order.shipped changed"),
                        List.of("order.shipped"),
                        12,
                        326,
                        List.of(
                                new Impact.Way("changeover rebuild order-board@2 --changed", 12, 0.4),
                                new Impact.Way("changeover rebuild order-board@2 --all", 326, 11.0)));
            default ->
                new Impact(
                        version.toString(),
                        Impact.Kind.NOT_BUILT,
                        List.of("it has not been built to its end"),
                        List.of(),
                        0,
                        0,
                        List.of(new Impact.Way("changeover backfill order-board", 0, null)));
        };
    }
}
