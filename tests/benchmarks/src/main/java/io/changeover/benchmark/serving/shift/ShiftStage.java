package io.changeover.benchmark.serving.shift;

import io.changeover.benchmark.bench.Pause;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.benchmark.serving.shift.Timeline.Judgement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Commands decisions through one of three nodes, all of which are read from, and prints how soon each counts on all. */
public final class ShiftStage {

    private static final String COPY = "serving_shift";
    private static final int NODES = 3;
    private static final int[] STEPS = {10, 50, 100, 0};
    private static final int LEAST_PAUSE_MILLIS = 20;
    private static final int MORE_PAUSE_MILLIS = 180;
    private static final double GOAL_MILLIS = 100;
    private static final double MILLI_NANOS = 1e6;
    private static final long MICRO_NANOS = 1_000;
    private static final long LOOK_MILLIS = 2;

    private final Server server;
    private final InvoiceStores stores;
    private final ShiftOptions options;
    private final Report report;

    /** @param stores of invoices on the server */
    public ShiftStage(Server server, InvoiceStores stores, ShiftOptions options, Report report) {
        this.server = server;
        this.stores = stores;
        this.options = options;
        this.report = report;
    }

    /** Takes about a quarter of a second for each decision, and some time to start the nodes. */
    public void run() {
        report.section("How soon a decision counts on %d nodes".formatted(NODES));
        report.line(
                "%d processes on one database, each read by %d threads, %d reads a second of each thread, one in twenty from the database. Shifts to 10, 50 and 100 %% and rollbacks are commanded through one of them, with pauses of %d to %d ms. A decision counts from when the last node has acknowledged it.",
                NODES, options.readers(), options.rate(), LEAST_PAUSE_MILLIS, LEAST_PAUSE_MILLIS + MORE_PAUSE_MILLIS);
        Database store = stores.copy(options.rows(), COPY);
        List<ChildProcess> nodes = new ArrayList<>();
        try {
            Path folder = Files.createTempDirectory("serving-shift");
            for (int i = 1; i <= NODES; i++) {
                String name = "node-" + i;
                nodes.add(ChildProcess.start(store, name, folder.resolve(name), options, settings()));
                if (i == 1) {
                    nodes.get(0).tell("prepare", "prepared");
                }
            }
            nodes.forEach(node -> node.tell("read", "reading"));
            List<Decided> decisions = decide(nodes.get(0), store);
            print(decisions);
            check(nodes, decisions);
            for (ChildProcess node : nodes) {
                Files.deleteIfExists(node.file());
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            nodes.forEach(ChildProcess::close);
        }
        server.drop(COPY);
    }

    /** A slow answer must not be taken for a wrong one, nor a failure be answered by the other version. */
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(options.settings());
        settings.putIfAbsent("changeover.serving.time-limit", "0s");
        settings.putIfAbsent("changeover.serving.shadow-share", "0");
        settings.putIfAbsent("changeover.serving.acknowledgement-wait", "60s");
        return settings;
    }

    private List<Decided> decide(ChildProcess commanding, Database store) {
        Random random = new Random(options.seed());
        List<Decided> decisions = new ArrayList<>();
        for (int i = 0; i < options.decisions(); i++) {
            int percent = STEPS[i % STEPS.length];
            Pause.millis(LEAST_PAUSE_MILLIS + random.nextInt(MORE_PAUSE_MILLIS));
            String[] words = commanding.tell(percent == 0 ? "rollback" : "shift " + percent, "decided");
            long sequence = Long.parseLong(words[0]);
            decisions.add(new Decided(
                    sequence,
                    percent,
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    acknowledged(store, sequence)));
        }
        return decisions;
    }

    /** When each node said so, by the clock of the database, which is the machine's too. */
    private static Map<String, Long> acknowledged(Database store, long sequence) {
        Map<String, Long> acknowledged = new TreeMap<>();
        while (acknowledged.size() < NODES) {
            for (String row : store.texts(
                    """
                    select node || ' ' || (extract(epoch from acknowledged_at) * 1000000)::bigint
                    from changeover.node_acknowledgement where view = '%s' and sequence = %d"""
                            .formatted(InvoiceBoard.VIEW, sequence))) {
                String[] words = row.split(" ");
                // The database leaves out what is less than a microsecond.
                acknowledged.put(words[0], (Long.parseLong(words[1]) + 1) * MICRO_NANOS);
            }
            if (acknowledged.size() < NODES) {
                Pause.millis(LOOK_MILLIS);
            }
        }
        return acknowledged;
    }

    private void print(List<Decided> decisions) {
        report.line("%d decisions:", decisions.size());
        double p99 = distribution("until all nodes have acknowledged it", decisions, Decided::effective);
        distribution("until the command is answered", decisions, decided -> decided.answered() - decided.sent());
        report.goal("ms until all nodes have acknowledged a decision, p99", p99, false, GOAL_MILLIS);
    }

    private double distribution(String name, List<Decided> decisions, ToLongFunction<Decided> nanos) {
        double[] sorted = decisions.stream()
                .mapToLong(nanos)
                .sorted()
                .mapToDouble(value -> value / MILLI_NANOS)
                .toArray();
        double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        report.line(
                "%-44s p50 %.1f ms, p99 %.1f ms, max %.1f ms",
                name, sorted[(sorted.length - 1) / 2], p99, sorted[sorted.length - 1]);
        return p99;
    }

    private void check(List<ChildProcess> nodes, List<Decided> decisions) throws IOException {
        for (ChildProcess node : nodes) {
            String[] told = node.tell("stop", "read");
            long read = Long.parseLong(told[0]);
            long failed = Long.parseLong(told[1]);
            report.require(
                    failed == 0,
                    "%s: %,d reads, %d failed%s",
                    node.name(),
                    read + failed,
                    failed,
                    String.join(" ", List.of(told).subList(2, told.length)));
            Timeline timeline =
                    new Timeline(node.name(), InvoiceBoards.OLD.version(), InvoiceBoards.NEW.version(), decisions);
            Map<Judgement, Long> judged = new EnumMap<>(Judgement.class);
            Map<Integer, Long> byVersion = new TreeMap<>();
            ReadLog.visit(node.file(), (begin, end, cohort, version) -> {
                judged.merge(timeline.judge(begin, end, cohort, version), 1L, Long::sum);
                byVersion.merge(version, 1L, Long::sum);
            });
            report.require(
                    judged.getOrDefault(Judgement.WRONG, 0L) == 0
                            && judged.getOrDefault(Judgement.RIGHT, 0L) > 0
                            && byVersion.size() == 2,
                    "%s: %,d reads answered by the one version that could, %,d while the reader was moved, %,d by a wrong one; by version: %s",
                    node.name(),
                    judged.getOrDefault(Judgement.RIGHT, 0L),
                    judged.getOrDefault(Judgement.MOVING, 0L),
                    judged.getOrDefault(Judgement.WRONG, 0L),
                    byVersion);
        }
    }
}
