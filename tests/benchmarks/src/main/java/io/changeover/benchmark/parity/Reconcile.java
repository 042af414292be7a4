package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The share of one core that continuous reconciliation costs at a steady rate of events. */
final class Reconcile {

    private static final String COPY = "parity_reconcile";
    private static final long WARM_UP_MILLIS = 3_000;

    /**
     * What a window cost, as shares of one core.
     *
     * @param process this process
     * @param server the database server
     * @param thread the thread that reconciles, or 0
     * @param rate events appended a second
     */
    private record Window(double process, double server, double thread, double rate) {

        double both() {
            return process + server;
        }
    }

    private final Bench bench;
    private final Report report;

    Reconcile(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
    }

    void run() {
        ParityRunOptions options = bench.options();
        report.section("Reconciliation of %,d rows every %,d ms at %,d events a second"
                .formatted(options.rows(), options.everyMillis(), options.rate()));
        report.line(
                "A share is CPU time to time, 1 for one core: of this process, which also writes and projects, and of"
                        + " all processes of the server. What reconciliation costs is the difference between windows with and without it.");
        Database store = bench.stores().copy(options.rows(), COPY);
        List<Window> without = new ArrayList<>();
        List<Window> with = new ArrayList<>();
        try (InvoiceNode node = bench.node(store, Map.of("changeover.reconcile.pairs", Reconciler.BOARDS.toString()))) {
            node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
            CpuClock clock = new CpuClock(store);
            int events = SteadyWriter.eventsAtOnce(options.rate());
            try (SteadyWriter writer = new SteadyWriter(store, bench.stores().amendAnywhere(options.rows(), events))) {
                window(clock, writer, null, WARM_UP_MILLIS);
                reconciled(node, clock, writer, WARM_UP_MILLIS);
                for (int round = 0; round < options.rounds(); round++) {
                    without.add(window(clock, writer, null, options.windowMillis()));
                    with.add(reconciled(node, clock, writer, options.windowMillis()));
                }
            }
            node.awaitCaughtUp(InvoiceBoards.OLD, InvoiceBoards.NEW);
            Compared.of(node, InvoiceBoards.OLD, InvoiceBoards.NEW).requireEqual(options.rows(), report);
        }
        bench.server().drop(COPY);
        print(without, with);
    }

    private Window reconciled(InvoiceNode node, CpuClock clock, SteadyWriter writer, long millis) {
        Reconciler reconciler = new Reconciler(node);
        List<Reconciler.Outcome> outcomes = new ArrayList<>();
        Window window;
        try (Repeating repeating =
                new Repeating("reconciliation", bench.options().everyMillis(), () -> {
                    Reconciler.Outcome outcome = reconciler.reconcile();
                    synchronized (outcomes) {
                        outcomes.add(outcome);
                    }
                    return outcome.compared();
                })) {
            window = window(clock, writer, repeating, millis);
        }
        long compared =
                outcomes.stream().mapToLong(Reconciler.Outcome::compared).sum();
        long differing =
                outcomes.stream().mapToLong(Reconciler.Outcome::differing).sum();
        report.require(
                differing == 0 && compared > 0,
                "reconciled %d times, %,d rows compared, %,d of them found different where none is",
                outcomes.size(),
                compared,
                differing);
        return window;
    }

    private static Window window(CpuClock clock, SteadyWriter writer, @Nullable Repeating repeating, long millis) {
        long started = System.nanoTime();
        double process = clock.process();
        double server = clock.server();
        long thread = repeating == null ? 0 : repeating.cpuNanos();
        long appended = writer.appended();
        Pause.millis(millis);
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Window(
                (clock.process() - process) / seconds,
                (clock.server() - server) / seconds,
                repeating == null ? 0 : (repeating.cpuNanos() - thread) / 1e9 / seconds,
                (writer.appended() - appended) / seconds);
    }

    private void print(List<Window> without, List<Window> with) {
        report.figure("events without", "events/s", each(without, Window::rate));
        report.figure("events with", "events/s", each(with, Window::rate));
        report.figure("this process without", "cores", each(without, Window::process));
        report.figure("this process with", "cores", each(with, Window::process));
        report.figure("server without", "cores", each(without, Window::server));
        report.figure("server with", "cores", each(with, Window::server));
        report.figure("of that the reconciling thread alone", "cores", each(with, Window::thread));
        List<Double> costs = new ArrayList<>();
        for (int round = 0; round < with.size(); round++) {
            costs.add(with.get(round).both() - without.get(round).both());
        }
        report.figure("what it costs: with less without, by round", "cores", costs);
        report.line(
                "share of one core that reconciliation costs at %,d events/s: %.3f",
                bench.options().rate(), Report.median(costs));
    }

    private static List<Double> each(List<Window> windows, Function<Window, Double> figure) {
        return windows.stream().map(figure).toList();
    }
}
