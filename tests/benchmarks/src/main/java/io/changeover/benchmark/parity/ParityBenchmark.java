package io.changeover.benchmark.parity;

import io.changeover.benchmark.bench.Machine;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.bench.ServerOptions;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.invoice.Keys;
import io.changeover.benchmark.replay.store.Server;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures comparisons and prints a report; fails when a result is wrong, never because it was slow. */
@Command(
        name = "bin/benchmark parity",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Compares two versions of a view that are built from real events: this engine, the bare SQL join and"
                        + " a program written by hand, then what else a comparison promises. Everything planted must be found.")
public final class ParityBenchmark implements Callable<Integer> {

    @Option(names = "--only", split = ",", description = "Experiments: ${COMPLETION-CANDIDATES}; all by default.")
    private Set<Experiment> only = EnumSet.allOf(Experiment.class);

    @Option(names = "--rows", defaultValue = "1000000", description = "Rows of each version: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
            names = "--memory-rows",
            description = "Rows of the versions watched for memory, against a tenth of them: as many as --rows.")
    private @Nullable Long memoryRows;

    @Option(
            names = "--backlog",
            defaultValue = "200000",
            description = "Events that live processing catches up with: ${DEFAULT-VALUE}.")
    private long backlog;

    @Option(
            names = "--rate",
            defaultValue = "1000",
            description = "Events a second while versions are reconciled: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--window",
            defaultValue = "20",
            description = "Seconds that the CPU is watched at a time: ${DEFAULT-VALUE}.")
    private int windowSeconds;

    @Option(
            names = "--every",
            defaultValue = "1000",
            description = "Milliseconds from the end of one reconciliation to the next: ${DEFAULT-VALUE}.")
    private long everyMillis;

    @Option(names = "--rounds", defaultValue = "5", description = "Runs of each figure: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--keys",
            defaultValue = "SEQUENTIAL",
            description = "How keys come about: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Keys keys = Keys.SEQUENTIAL;

    @Option(
            names = "--heap",
            defaultValue = "512m",
            description = "Largest heap of processes started for an experiment: ${DEFAULT-VALUE}.")
    private String heap = "";

    @Option(names = "--jfr", description = "File for a flight recording of one clean comparison, and its summary.")
    private @Nullable Path profile;

    @Mixin
    private ServerOptions common = new ServerOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    /** Runs what the arguments ask for; the status is 0, 1 when a result is wrong and 2 when an argument is. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ParityBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    private ParityRunOptions options() {
        try {
            return new ParityRunOptions(
                    only,
                    rows,
                    memoryRows == null ? rows : memoryRows,
                    backlog,
                    rate,
                    TimeUnit.SECONDS.toMillis(windowSeconds),
                    everyMillis,
                    rounds,
                    common.seed(),
                    keys,
                    heap,
                    common.data(),
                    common.settings(),
                    common.postgres(),
                    profile);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() {
        ParityRunOptions options = options();
        Report report = new Report(System.out, System.err);
        Map<String, String> server = new TreeMap<>(ServerLog.SETTINGS);
        server.putAll(options.postgres());
        try (Server started = Server.start(options.data(), server)) {
            Machine.describe(report, started.description(), options);
            InvoiceStores stores =
                    new InvoiceStores(started, keys, common.seed(), options.settings(), report::progress);
            run(new Bench(options, started, stores, report));
        }
        return report.conclude();
    }

    private static void run(Bench bench) {
        for (Experiment experiment : Experiment.values()) {
            if (bench.options().only().contains(experiment)) {
                switch (experiment) {
                    case CLEAN -> new Clean(bench).run();
                    case DIFFERENT -> new Different(bench).run();
                    case CORRUPTED -> new Corrupted(bench).run();
                    case STREAMED -> new Streamed(bench).run();
                    case MEMORY -> new Memory(bench).run();
                    case LIVE -> new Live(bench).run();
                    case RECONCILE -> new Reconcile(bench).run();
                }
            }
        }
    }
}
