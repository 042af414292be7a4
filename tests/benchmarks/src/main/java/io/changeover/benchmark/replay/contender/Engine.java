package io.changeover.benchmark.replay.contender;

import io.changeover.benchmark.replay.store.Database;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** This project's engine, in a Boot application as a team would run it. */
public final class Engine implements Contender {

    private static final String VERSION = "order-board@2";

    private final Map<String, String> properties;
    private String stages = "";

    /** An engine in an application with the given properties. */
    public Engine(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    @Override
    public String name() {
        return "this engine";
    }

    @Override
    public String what() {
        return "backfill of %s in a Boot application, from the start to live; settings %s"
                .formatted(VERSION, properties.isEmpty() ? "as they are by default" : properties);
    }

    @Override
    public boolean provenance() {
        return true;
    }

    @Override
    public String table() {
        return EngineNode.table(VERSION);
    }

    @Override
    public void reset(Database store) {
        EngineNode.reset(store);
    }

    @Override
    public Replay replay(Database store) {
        return replay(store, Supplier::get);
    }

    /** As {@link #replay(Database)}, with the backfill itself run by somebody who watches it. */
    public Replay replay(Database store, Function<Supplier<Duration>, Duration> watch) {
        try (EngineNode node = EngineNode.start(store, properties)) {
            Duration elapsed = watch.apply(() -> node.backfill(VERSION));
            stages = node.stages(VERSION);
            return new Replay(elapsed, Map.of());
        }
    }

    /** What the engine tells of its last replay. */
    public String stages() {
        return stages;
    }
}
