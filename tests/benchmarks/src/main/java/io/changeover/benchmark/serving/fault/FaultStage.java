package io.changeover.benchmark.serving.fault;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.serving.read.Fault;
import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.benchmark.serving.read.ServingNode;
import io.changeover.benchmark.serving.read.SteadyReaders;
import io.changeover.benchmark.serving.shadow.ShadowOptions;
import io.changeover.fallback.FallbackCounts;
import io.changeover.fallback.FallbackReport;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.ShadowOperations;
import io.changeover.shadow.ShadowDifference;
import io.changeover.shadow.ShadowReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Reads at a constant rate while the new version lies before any reader sees it, then fails and hangs with all readers on
 * it, and prints what readers noticed and what was counted.
 */
public final class FaultStage {

    private static final String COPY = "serving_fault";
    private static final int ALL = 100;
    private static final double MICRO_NANOS = 1e3;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final Map<String, String> SETTINGS = Map.of(
            "changeover.serving.time-limit", "200ms",
            "changeover.serving.shadow-share", "0.2",
            "changeover.fallback.open-for", "1s");

    private final Server server;
    private final InvoiceStores stores;
    private final ShadowOptions options;
    private final Report report;

    /** @param stores of invoices on the server */
    public FaultStage(Server server, InvoiceStores stores, ShadowOptions options, Report report) {
        this.server = server;
        this.stores = stores;
        this.options = options;
        this.report = report;
    }

    /** Takes as long as some windows. */
    public void run() {
        report.section("A new version that lies, fails and hangs");
        report.line(
                "%d threads read single invoices of %,d, %d a second in all; windows of %d ms; %s.",
                options.readers(), options.rows(), options.rate(), options.windowMillis(), new TreeMap<>(SETTINGS));
        Database store = stores.copy(options.rows(), COPY);
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.putAll(SETTINGS);
        try (ServingNode node = ServingNode.start(store, "fault", settings)) {
            node.prepare();
            try (SteadyReaders readers = new SteadyReaders(
                    node.get(InvoiceBoard.class), options.rows(), options.readers(), options.rate(), options.seed())) {
                window(readers); // a warm-up
                print("right, at 0 %", window(readers));
                lies(node, readers);
                node.shift(ALL);
                window(readers);
                print("right, at 100 %", window(readers));
                fails(node, readers);
                hangs(node, readers, store);
                report.require(readers.failed() == 0, "no read failed; the last cause is %s", readers.failure());
            }
        } finally {
            Fault.set(Fault.NONE);
        }
        server.drop(COPY);
    }

    private void lies(ServingNode node, SteadyReaders readers) {
        ShadowReport before = node.get(ShadowOperations.class).report(InvoiceBoard.VIEW);
        Fault.set(Fault.LIES);
        Histogram window = window(readers);
        Fault.set(Fault.NONE);
        print("lying, at 0 %", window);
        ShadowReport after = node.get(ShadowOperations.class).report(InvoiceBoard.VIEW);
        report.line(
                "  shadow reads: %,d sampled, %,d same, %,d different, %,d noise, %,d in flight; kinds %s",
                after.samples() - before.samples(),
                after.same() - before.same(),
                after.different() - before.different(),
                after.noise() - before.noise(),
                after.inFlight() - before.inFlight(),
                after.kinds());
        after.differences().stream().findFirst().ifPresent(this::printDifference);
        report.require(
                before.different() == 0 && after.different() > 0,
                "the lie was found by shadow reads, and nothing before it (%,d and %,d)",
                before.different(),
                after.different());
    }

    private void printDifference(ShadowDifference difference) {
        report.line(
                "  one of them: %s%s, %s; old %s, new %s",
                difference.method(),
                difference.arguments(),
                difference.kinds(),
                difference.older(),
                difference.newer());
    }

    private void fails(ServingNode node, SteadyReaders readers) {
        FallbackReport before = fallbacks(node);
        Fault.set(Fault.FAILS);
        Histogram window = window(readers);
        FallbackReport after = fallbacks(node);
        Fault.set(Fault.NONE);
        print("failing, at 100 %", window);
        print(before, after);
        report.require(
                after.calls().failed() > before.calls().failed()
                        && after.breaker().equals("open"),
                "failures were counted and the breaker is %s",
                after.breaker());
        recovers(node);
    }

    private void hangs(ServingNode node, SteadyReaders readers, Database store) {
        FallbackReport before = fallbacks(node);
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table views.invoice_board_v2 in access exclusive mode");
            Histogram window = window(readers);
            FallbackReport after = fallbacks(node);
            print("hanging in the database, at 100 %", window);
            print(before, after);
            report.line("  %d of %d workers are held by calls that hang", after.working(), after.workers());
            report.require(
                    after.calls().timedOut() > before.calls().timedOut(),
                    "%,d calls were given up",
                    after.calls().timedOut() - before.calls().timedOut());
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException("The table could not be locked: " + e.getMessage(), e);
        }
        recovers(node);
    }

    private void recovers(ServingNode node) {
        while (!fallbacks(node).breaker().equals("closed")) {
            Pause.millis(options.windowMillis() / 10);
        }
        report.line("  the breaker has closed again");
    }

    private static FallbackReport fallbacks(ServingNode node) {
        return node.get(FallbackOperations.class).fallbacks(InvoiceBoard.VIEW);
    }

    private Histogram window(SteadyReaders readers) {
        var unused = readers.next();
        Pause.millis(options.windowMillis());
        return readers.next();
    }

    private void print(String name, Histogram window) {
        report.line(
                "%-36s %,8d reads, p50 %,8.0f, p99 %,8.0f, max %,8.0f microseconds",
                name,
                window.getTotalCount(),
                window.getValueAtPercentile(P50) / MICRO_NANOS,
                window.getValueAtPercentile(P99) / MICRO_NANOS,
                window.getMaxValue() / MICRO_NANOS);
    }

    private void print(FallbackReport before, FallbackReport after) {
        FallbackCounts was = before.calls();
        FallbackCounts is = after.calls();
        report.line(
                "  answered by the new version %,d; by the old one: %,d failed, %,d timed out, %,d busy, %,d shed; error budget %,d allowed, %,d spent",
                is.answered() - was.answered(),
                is.failed() - was.failed(),
                is.timedOut() - was.timedOut(),
                is.busy() - was.busy(),
                is.shed() - was.shed(),
                after.budget().allowed(),
                after.budget().spent());
    }
}
