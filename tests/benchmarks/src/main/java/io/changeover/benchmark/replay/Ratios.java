package io.changeover.benchmark.replay;

import io.changeover.benchmark.replay.contender.Contender;
import io.changeover.benchmark.replay.contender.Contender.Replay;
import io.changeover.benchmark.replay.contender.Engine;
import io.changeover.benchmark.replay.contender.HandWritten;
import io.changeover.benchmark.replay.contender.TunedAxon;
import io.changeover.benchmark.replay.parity.ExpectedView;
import io.changeover.benchmark.replay.stock.StockAxon;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All contenders in turn, each after a warm-up, each result compared with the independent fold. */
final class Ratios {

    /** What a contender is warmed up with, or fewer where it replays fewer. */
    private static final long WARM_UP = 200_000;

    private static final double STOCK_GOAL = 100;
    private static final double TUNED_GOAL = 5;
    private static final double HAND_GOAL = 0.75;

    private final Bench bench;
    private final Report report;
    private final Engine engine;
    private final Contender stock = new StockAxon();
    private final Contender tuned = new TunedAxon();
    private final Contender hand = new HandWritten();
    private final Map<Contender, Long> events = new LinkedHashMap<>();
    private final Map<Contender, List<Double>> rates = new LinkedHashMap<>();
    private final Map<Contender, List<Replay>> replays = new LinkedHashMap<>();

    Ratios(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
        this.engine = new Engine(bench.options().settings());
        ReplayOptions options = bench.options();
        events.put(stock, options.stockEvents());
        events.put(tuned, options.tunedEvents());
        events.put(hand, options.events());
        events.put(engine, options.events());
    }

    void run() {
        report.section("Rows of order-board@2 from %,d events"
                .formatted(bench.options().events()));
        Stores.description(bench.stores().of(bench.options().events())).forEach(report::text);
        events.forEach((contender, count) -> report.line(
                "%s: %s; %,d events, %,d customers active at once",
                contender.name(), contender.what(), count, Stores.window(count)));
        events.forEach((contender, count) -> replay(contender, Math.min(count / 2, WARM_UP)));
        report.text("");
        for (int round = 1; round <= bench.options().rounds(); round++) {
            for (Map.Entry<Contender, Long> each : events.entrySet()) {
                measure(each.getKey(), each.getValue(), round);
            }
        }
        plantWrongRow();
        print();
        profile();
    }

    /** Once more, because a recording costs something. */
    private void profile() {
        Path file = bench.options().profile();
        if (file != null) {
            report.text("");
            Database store = prepared(engine, bench.options().events());
            engine.replay(store, work -> Profile.of(file, report, work));
            engine.reset(store);
        }
    }

    private Replay replay(Contender contender, long count) {
        return contender.replay(prepared(contender, count));
    }

    private Database prepared(Contender contender, long count) {
        Database store = bench.stores().of(count);
        contender.reset(store);
        bench.server().settle();
        System.gc(); // what one contender leaves is not for the next to clear
        report.progress("%s replays %,d events.".formatted(contender.name(), count));
        return store;
    }

    private void measure(Contender contender, long count, int round) {
        Replay replay = replay(contender, count);
        replays.computeIfAbsent(contender, any -> new ArrayList<>()).add(replay);
        rates.computeIfAbsent(contender, any -> new ArrayList<>())
                .add(count / (replay.elapsed().toNanos() / 1e9));
        Database store = bench.stores().of(count);
        long differences = ExpectedView.ORDER_BOARD.differences(store, contender.table(), contender.provenance());
        report.require(
                differences == 0,
                "round %d, %s: %,d rows, %,d of them other than the independent fold has them",
                round,
                contender.name(),
                store.number("select count(*) from " + contender.table()),
                differences);
        if (contender != engine) {
            contender.reset(store);
        }
    }

    /** A comparison that never finds anything proves nothing. */
    private void plantWrongRow() {
        Database store = bench.stores().of(bench.options().events());
        store.run(
                """
                update %1$s set total_minor_units = total_minor_units + 1
                where order_id = (select order_id from %1$s order by md5(order_id) limit 1)
                """
                        .formatted(engine.table()));
        long differences = ExpectedView.ORDER_BOARD.differences(store, engine.table(), engine.provenance());
        report.require(differences == 1, "one row made wrong by one cent, and %,d found", differences);
        engine.reset(store);
    }

    private void print() {
        report.text("");
        rates.forEach((contender, runs) -> report.figure(contender.name(), "events/s", runs));
        replays.forEach((contender, runs) -> {
            Map<String, Duration> stages = runs.get(runs.size() - 1).stages();
            if (!stages.isEmpty()) {
                report.line("%s, last run, seconds: %s", contender.name(), inSeconds(stages));
            }
        });
        report.line("%s, last run: %s", engine.name(), engine.stages());
        report.text("");
        goal(stock, STOCK_GOAL);
        goal(tuned, TUNED_GOAL);
        goal(hand, HAND_GOAL);
    }

    private static String inSeconds(Map<String, Duration> stages) {
        return stages.entrySet().stream()
                .map(stage ->
                        "%s %.2f".formatted(stage.getKey(), stage.getValue().toNanos() / 1e9))
                .collect(Collectors.joining(", "));
    }

    private void goal(Contender reference, double goal) {
        double ratio = Report.median(rates.get(engine)) / Report.median(rates.get(reference));
        report.goal("%s to %s".formatted(engine.name(), reference.name()), ratio, true, goal);
    }
}
