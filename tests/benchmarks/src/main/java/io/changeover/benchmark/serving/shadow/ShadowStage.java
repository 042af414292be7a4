package io.changeover.benchmark.serving.shadow;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.benchmark.serving.read.ServingNode;
import io.changeover.benchmark.serving.read.SteadyReaders;
import io.changeover.serving.Shadow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** Reads at a constant rate in windows that alternate, without shadow reads and with them, and prints the latencies. */
public final class ShadowStage {

    private static final String COPY = "serving_shadow";
    private static final int HALF = 50;
    private static final int WARM_UP_WINDOWS = 2;
    private static final long SETTLE_MILLIS = 300;
    private static final double MICRO_NANOS = 1e3;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double GOAL = 1.05;

    private final Server server;
    private final InvoiceStores stores;
    private final ShadowOptions options;
    private final Report report;

    /** @param stores of invoices on the server */
    public ShadowStage(Server server, InvoiceStores stores, ShadowOptions options, Report report) {
        this.server = server;
        this.stores = stores;
        this.options = options;
        this.report = report;
    }

    /** Takes as long as its windows, and some time to start. */
    public void run() {
        report.section("What readers notice of shadow reads, %.3f of all calls".formatted(options.share()));
        report.line(
                "%d threads read single invoices of %,d, %d a second in all, half of the readers from each version; windows of %d ms, without and with shadow reads in turn. A call that takes longer than the time to the next one counts for those that would have been made meanwhile.",
                options.readers(), options.rows(), options.rate(), options.windowMillis());
        Database store = stores.copy(options.rows(), COPY);
        List<Histogram> without = new ArrayList<>();
        List<Histogram> with = new ArrayList<>();
        try (ServingNode node = ServingNode.start(store, "shadow", options.settings(), SwitchedShare.class)) {
            report.line(
                    "%s",
                    node.has(Shadow.class)
                            ? "Shadow reads go to %s."
                                    .formatted(node.get(Shadow.class).getClass().getName())
                            : "This application has nothing that takes shadow reads: calls are drawn and nothing more.");
            node.prepare();
            node.shift(HALF);
            SwitchedShare.Switch share = node.get(SwitchedShare.Switch.class);
            try (SteadyReaders readers = new SteadyReaders(
                    node.get(InvoiceBoard.class), options.rows(), options.readers(), options.rate(), options.seed())) {
                for (int i = 0; i < WARM_UP_WINDOWS; i++) {
                    window(readers, share, 0);
                    window(readers, share, options.share());
                }
                server.settle();
                for (int pair = 0; pair < options.pairs(); pair++) {
                    without.add(window(readers, share, 0));
                    with.add(window(readers, share, options.share()));
                }
                report.require(
                        readers.failed() == 0,
                        "%,d reads, %d failed%s",
                        count(without) + count(with),
                        readers.failed(),
                        readers.failure());
            }
        }
        server.drop(COPY);
        print(without, with);
    }

    private Histogram window(SteadyReaders readers, SwitchedShare.Switch share, double next) {
        share.to(next);
        Pause.millis(SETTLE_MILLIS);
        var unused = readers.next();
        Pause.millis(options.windowMillis());
        return readers.next();
    }

    private void print(List<Histogram> without, List<Histogram> with) {
        for (double percentile : new double[] {P50, P99}) {
            report.figure("p%.0f without".formatted(percentile), "microseconds", micros(without, percentile));
            report.figure("p%.0f with".formatted(percentile), "microseconds", micros(with, percentile));
        }
        report.figure("p99 with to without, by pair", "", pairs(with, without));
        if (without.size() > 1) {
            report.figure(
                    "noise: p99 of a window without to the one before",
                    "",
                    IntStream.range(1, without.size())
                            .mapToObj(i -> ratio(without.get(i), without.get(i - 1)))
                            .toList());
        }
        Histogram allWithout = merged(without);
        Histogram allWith = merged(with);
        report.line(
                "all windows together: p50 %.0f and %.0f, p99 %.0f and %.0f, max %.0f and %.0f microseconds without and with",
                micros(allWithout, P50),
                micros(allWith, P50),
                micros(allWithout, P99),
                micros(allWith, P99),
                allWithout.getMaxValue() / MICRO_NANOS,
                allWith.getMaxValue() / MICRO_NANOS);
        report.goal(
                "p99 with shadow reads to p99 without, all windows together", ratio(allWith, allWithout), false, GOAL);
    }

    private static List<Double> pairs(List<Histogram> some, List<Histogram> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> ratio(some.get(i), others.get(i)))
                .toList();
    }

    private static double ratio(Histogram one, Histogram other) {
        return micros(one, P99) / micros(other, P99);
    }

    private static List<Double> micros(List<Histogram> windows, double percentile) {
        return windows.stream().map(window -> micros(window, percentile)).toList();
    }

    private static double micros(Histogram window, double percentile) {
        return window.getValueAtPercentile(percentile) / MICRO_NANOS;
    }

    private static long count(List<Histogram> windows) {
        return windows.stream().mapToLong(Histogram::getTotalCount).sum();
    }

    private static Histogram merged(List<Histogram> windows) {
        Histogram all = new Histogram(windows.get(0).getNumberOfSignificantValueDigits());
        windows.forEach(all::add);
        return all;
    }
}
