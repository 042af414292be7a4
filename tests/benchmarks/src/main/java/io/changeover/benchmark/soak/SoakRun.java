package io.changeover.benchmark.soak;

import io.changeover.benchmark.bench.Machine;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.bench.ServerOptions;
import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.invoice.InvoiceStores;
import io.changeover.benchmark.invoice.Keys;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the soak and prints a report; fails on any difference that is false or missed. */
@Command(
        name = "bin/benchmark soak",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Compares versions one comparison after the other beside writers at a bounded rate: first two that are"
                        + " right, then also one whose fold is wrong in one field for one key in 100,000. On a server of its own on"
                        + " this machine; the time does not include what is built at the start and at half.")
public final class SoakRun implements Callable<Integer> {

    private static final String COPY = "soak";
    private static final double MINUTE_MILLIS = 60_000;

    @Option(names = "--minutes", defaultValue = "10", description = "How long comparisons run: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--rate", defaultValue = "300", description = "Events a second at most: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--writers", defaultValue = "4", description = "Writers: ${DEFAULT-VALUE}.")
    private int writers;

    @Option(
            names = "--rows",
            defaultValue = "1000000",
            description = "Invoices at the start: ${DEFAULT-VALUE}, of which some ten show the fault.")
    private long rows;

    @Mixin
    private ServerOptions common = new ServerOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    /** Runs what the arguments ask for; the status is 0, 1 when a result is wrong and 2 when an argument is. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakRun()).execute(arguments));
    }

    private SoakOptions options() {
        try {
            return new SoakOptions(Math.round(minutes * MINUTE_MILLIS), rate, writers, rows, common.seed());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() {
        SoakOptions options = options();
        Report report = new Report(System.out, System.err);
        try (Server server = Server.start(common.data(), common.postgres())) {
            Machine.describe(report, server.description(), options);
            InvoiceStores stores =
                    new InvoiceStores(server, Keys.SEQUENTIAL, common.seed(), common.settings(), report::progress);
            Database store = stores.copy(rows, COPY);
            report.section("Comparisons beside writers on %,d rows".formatted(rows));
            try (InvoiceNode node = InvoiceNode.start(store, common.settings())) {
                node.live(InvoiceBoards.OLD, InvoiceBoards.NEW);
                new Soak(options, store, node, report).run();
            }
            server.drop(COPY);
        }
        return report.conclude();
    }
}
