package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Profile;
import io.changeover.benchmark.bench.Report;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All contenders in turn, each after a warm-up, each result compared with the independent fold. */
final class Ratios {

    /** What a contender is warmed up with, or half of what it replays where that is fewer. */
    private static final long WARM_UP = 200_000;

    private static final double STOCK_GOAL = 100;
    private static final double TUNED_GOAL = 5;
    private static final double HAND_GOAL = 0.75;

    /** A contender on so many events, with what came of it. */
    private record Course(Contender contender, long events, List<Replay> replays) {

        static Course of(Contender contender, long events) {
            return new Course(contender, events, new ArrayList<>());
        }

        String name() {
            return contender.name();
        }

        List<Double> rates() {
            return replays.stream()
                    .map(replay -> events / (replay.elapsed().toNanos() / 1e9))
                    .toList();
        }

        double rate() {
            return Report.median(rates());
        }
    }

    private final Bench bench;
    private final Report report;
    private final Engine engine;
    private final Course stock;
    private final Course tuned;
    private final Course hand;
    private final Course subject;

    Ratios(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
        ReplayOptions options = bench.options();
        engine = new Engine(options.settings());
        stock = Course.of(new StockAxon(), options.stockEvents());
        tuned = Course.of(new TunedAxon(), options.tunedEvents());
        hand = Course.of(new HandWritten(), options.events());
        subject = Course.of(engine, options.events());
    }

    void run() {
        report.section("Rows of order-board@2 from %,d events".formatted(subject.events()));
        Stores.description(bench.stores().of(subject.events())).forEach(report::text);
        for (Course course : courses()) {
            report.line(
                    "%s: %s; %,d events, %,d customers active at once",
                    course.name(), course.contender().what(), course.events(), Stores.window(course.events()));
        }
        for (Course course : courses()) {
            course.contender().replay(prepared(course, Math.min(course.events() / 2, WARM_UP)));
        }
        report.text("");
        for (int round = 1; round <= bench.options().rounds(); round++) {
            for (Course course : courses()) {
                measure(course, round);
            }
        }
        plantWrongRow();
        print();
        profile();
    }

    /** In the order in which they run. */
    private List<Course> courses() {
        return List.of(stock, tuned, hand, subject);
    }

    private Database prepared(Course course, long events) {
        Database store = bench.stores().of(events);
        course.contender().reset(store);
        bench.server().settle();
        System.gc(); // what one contender leaves is not for the next to clear
        report.progress("%s replays %,d events.".formatted(course.name(), events));
        return store;
    }

    private void measure(Course course, int round) {
        Database store = prepared(course, course.events());
        Contender contender = course.contender();
        course.replays().add(contender.replay(store));
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
        Database store = bench.stores().of(subject.events());
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
        courses().forEach(course -> report.figure(course.name(), "events/s", course.rates()));
        for (Course course : courses()) {
            Replay last = course.replays().get(course.replays().size() - 1);
            if (!last.stages().isEmpty()) {
                report.line("%s, last run, seconds: %s", course.name(), stages(last));
            }
        }
        report.line("%s, last run: %s", engine.name(), engine.stages());
        report.text("");
        goal(stock, STOCK_GOAL);
        goal(tuned, TUNED_GOAL);
        goal(hand, HAND_GOAL);
    }

    private static String stages(Replay replay) {
        return replay.stages().entrySet().stream()
                .map(stage ->
                        "%s %.2f".formatted(stage.getKey(), stage.getValue().toNanos() / 1e9))
                .collect(Collectors.joining(", "));
    }

    private void goal(Course reference, double goal) {
        report.goal(
                "%s to %s".formatted(subject.name(), reference.name()), subject.rate() / reference.rate(), true, goal);
    }

    /** Once more, because a recording costs something. */
    private void profile() {
        Path file = bench.options().profile();
        if (file != null) {
            report.text("");
            Database store = prepared(subject, subject.events());
            engine.replay(store, work -> Profile.of(file, report, work));
            engine.reset(store);
        }
    }
}
