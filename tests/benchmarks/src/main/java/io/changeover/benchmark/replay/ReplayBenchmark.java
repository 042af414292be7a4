package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Machine;
import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.bench.ServerOptions;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.replay.store.Stores;
import io.changeover.benchmark.replay.store.Template;
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

/** Measures replays and prints a report; fails when a result is wrong, never because it was slow. */
@Command(
        name = "bin/benchmark replay",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Rebuilds a read model from the example's orders multiplied: stock Axon, tuned Axon, this engine"
                + " and a program written by hand, then what else a backfill promises. Every row is proven.")
public final class ReplayBenchmark implements Callable<Integer> {

    private static final String SCRATCH = "one_copy";

    @Option(names = "--only", split = ",", description = "Experiments: ${COMPLETION-CANDIDATES}; all by default.")
    private Set<Experiment> only = EnumSet.allOf(Experiment.class);

    @Option(names = "--events", defaultValue = "1000000", description = "Events for ratios: ${DEFAULT-VALUE}.")
    private long events;

    @Option(names = "--scale-events", defaultValue = "10000000", description = "Events for scale: ${DEFAULT-VALUE}.")
    private long scaleEvents;

    @Option(
            names = "--stock-events",
            defaultValue = "20000",
            description = "Events that stock Axon replays, as a sample: ${DEFAULT-VALUE}.")
    private long stockEvents;

    @Option(names = "--tuned-events", description = "Events that tuned Axon replays, as a sample: as many as --events.")
    private @Nullable Long tunedEvents;

    @Option(
            names = "--memory-rows",
            defaultValue = "10000000",
            description = "Rows of the view whose memory is measured, against a tenth of them: ${DEFAULT-VALUE}.")
    private long memoryRows;

    @Option(
            names = "--window",
            defaultValue = "10",
            description = "Seconds that writers are watched at a time: ${DEFAULT-VALUE}.")
    private int windowSeconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each figure: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--heap",
            defaultValue = "1g",
            description = "Largest heap of processes started for an experiment: ${DEFAULT-VALUE}.")
    private String heap = "";

    @Option(
            names = "--throttle",
            paramLabel = "NAME=VALUE",
            description = "Further property for the throttled backfill; repeatable.")
    private Map<String, String> throttle = new TreeMap<>();

    @Option(names = "--jfr", description = "File for a flight recording of this engine's last run, and its summary.")
    private @Nullable Path profile;

    @Mixin
    private ServerOptions common = new ServerOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Prints this.")
    private boolean help;

    /** Runs what the arguments ask for; the status is 0, 1 when a result is wrong and 2 when an argument is. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ReplayBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    private ReplayOptions options() {
        try {
            return new ReplayOptions(
                    only,
                    events,
                    scaleEvents,
                    stockEvents,
                    tunedEvents == null ? events : tunedEvents,
                    memoryRows,
                    TimeUnit.SECONDS.toMillis(windowSeconds),
                    rounds,
                    common.seed(),
                    heap,
                    common.data(),
                    common.settings(),
                    throttle,
                    common.postgres(),
                    profile);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(command).commandLine(), e.getMessage(), e);
        }
    }

    @Override
    public Integer call() {
        ReplayOptions options = options();
        Report report = new Report(System.out, System.err);
        try (Server server = Server.start(common.data(), common.postgres())) {
            Machine.describe(report, server.description(), options);
            Template template = template(server);
            report.line(
                    "One copy of the example: %,d events, %,d of them order lines",
                    template.events(), template.lines());
            Stores stores = new Stores(server, template, common.seed(), report::progress);
            run(new Bench(options, server, stores, report));
        }
        return report.conclude();
    }

    private static Template template(Server server) {
        Database scratch = server.create(SCRATCH);
        EngineNode.start(scratch, Map.of("orders.import.enabled", "true", "orders.import.copies", "1"))
                .close();
        Template template = Template.read(scratch);
        server.drop(SCRATCH);
        return template;
    }

    private static void run(Bench bench) {
        for (Experiment experiment : Experiment.values()) {
            if (bench.options().only().contains(experiment)) {
                switch (experiment) {
                    case RATIOS -> new Ratios(bench).run();
                    case SCALE -> new Scale(bench).run();
                    case MEMORY -> new Memory(bench).run();
                    case THROTTLE -> new Throttled(bench).run();
                    case KILL -> new Killed(bench).run();
                    case ETA -> new Estimate(bench).run();
                    case SPARSE -> new Sparse(bench).run();
                    case TOGETHER -> new Together(bench).run();
                }
            }
        }
    }
}
