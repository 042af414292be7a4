package io.changeover.benchmark.serving;

import io.changeover.benchmark.bench.Machine;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.bench.ServerOptions;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.invoice.Keys;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.serving.call.CallStage;
import io.changeover.benchmark.serving.fault.FaultStage;
import io.changeover.benchmark.serving.shadow.ShadowStage;
import io.changeover.benchmark.serving.shift.ShiftStage;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how views are served and prints a report; fails when a read fails or is answered wrongly, never because it was slow. */
@Command(
        name = "bin/benchmark serving",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Calls a view directly and routed, reads it at a constant rate with and without shadow reads, and moves"
                        + " readers on three nodes while they read. No read may fail or be answered by a wrong version.")
public final class ServingBenchmark implements Callable<Integer> {

    @Option(names = "--only", split = ",", description = "Stages: ${COMPLETION-CANDIDATES}; all by default.")
    private Set<Stage> only = EnumSet.allOf(Stage.class);

    @Option(names = "--quick", description = "A look in about a minute, whose figures mean little.")
    private boolean quick;

    @Option(names = "--forks", description = "Processes in which each call is measured: 2, or 1 when quick.")
    private @Nullable Integer forks;

    @Option(names = "--pairs", description = "Windows with shadow reads, and without: 8, or 2 when quick.")
    private @Nullable Integer pairs;

    @Option(names = "--window", description = "Milliseconds of each of these windows: 5000, or 2000 when quick.")
    private @Nullable Long windowMillis;

    @Option(names = "--rate", defaultValue = "500", description = "Reads a second in them: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--share", defaultValue = "0.01", description = "Share of shadow reads: ${DEFAULT-VALUE}.")
    private double share;

    @Option(names = "--decisions", description = "Shifts and rollbacks: 240, or 40 when quick.")
    private @Nullable Integer decisions;

    @Option(names = "--readers", defaultValue = "2", description = "Threads of a node that read: ${DEFAULT-VALUE}.")
    private int readers;

    @Option(
            names = "--node-rate",
            defaultValue = "250",
            description = "Reads a second of each thread while readers are moved: ${DEFAULT-VALUE}.")
    private int nodeRate;

    @Option(names = "--rows", defaultValue = "10000", description = "Invoices: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(names = "--heap", defaultValue = "256m", description = "Largest heap of each node: ${DEFAULT-VALUE}.")
    private String heap = "";

    @Mixin
    private ServerOptions common = new ServerOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    /** Runs what the arguments ask for; the status is 0, 1 when a result is wrong and 2 when an argument is. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ServingBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    private ServingOptions options() {
        try {
            ServingOptions defaults = quick ? ServingOptions.quick() : ServingOptions.whole();
            return new ServingOptions(
                    only,
                    forks == null ? defaults.forks() : forks,
                    pairs == null ? defaults.pairs() : pairs,
                    windowMillis == null ? defaults.windowMillis() : windowMillis,
                    rate,
                    share,
                    decisions == null ? defaults.decisions() : decisions,
                    readers,
                    nodeRate,
                    rows,
                    heap,
                    common.seed(),
                    common.settings(),
                    common.postgres());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() {
        ServingOptions options = options();
        Report report = new Report(System.out, System.err);
        try (Server server = Server.start(common.data(), options.postgres())) {
            Machine.describe(report, server.description(), options);
            InvoiceStores stores =
                    new InvoiceStores(server, Keys.SEQUENTIAL, options.seed(), options.settings(), report::progress);
            if (options.only().contains(Stage.CALL)) {
                new CallStage(report, options.forks()).run();
            }
            if (options.only().contains(Stage.SHADOW)) {
                new ShadowStage(server, stores, options.shadow(), report).run();
            }
            if (options.only().contains(Stage.FAULT)) {
                new FaultStage(server, stores, options.shadow(), report).run();
            }
            if (options.only().contains(Stage.SHIFT)) {
                new ShiftStage(server, stores, options.shift(), report).run();
            }
        }
        return report.conclude();
    }
}
