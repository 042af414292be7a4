package io.changeover.cli;

import io.changeover.app.rehearsal.RehearsalOptions;
import io.changeover.app.rehearsal.RehearsalResult;
import io.changeover.app.rehearsal.Rehearsals;
import io.changeover.app.rehearsal.Source;
import io.changeover.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a changeover out before it is carried out. */
@Command(
        name = "rehearse",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a changeover through every phase of its plan, and back from each, on a copy of the store in a server of its own, and checks after each that nothing is lost. No server is asked; the store is only read.",
            "The domain is that of $CHANGEOVER_DOMAIN, as it is on this machine."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything holds", "1:something does not", "2:the command is not understood"})
final class RehearseCommand implements Callable<Integer> {

    private static final String PASSWORD = "CHANGEOVER_FROM_PASSWORD";

    /** Where the events come from. */
    static final class Store {

        @Option(
                names = "--dump",
                required = true,
                paramLabel = "FILE",
                description = "A plain dump of pg_dump that has the event store.")
        @Nullable
        Path dump;

        @Option(
                names = "--from",
                required = true,
                paramLabel = "JDBC-URL",
                description = "A database, read in one snapshot. The password is taken from $" + PASSWORD + ".")
        @Nullable
        String from;

        @Option(
                names = "--example",
                required = true,
                description = "What the domain imports at its start, as that of the example does.")
        boolean example;
    }

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    String view = "";

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "Version that takes over (default: the plan's, else the highest).")
    @Nullable
    Integer to;

    @Option(names = "--plan", paramLabel = "FILE", description = "The plan (default: the standard plan).")
    @Nullable
    Path plan;

    @ArgGroup(multiplicity = "1")
    Store store = new Store();

    @Option(names = "--user", paramLabel = "NAME", description = "User of the database of --from.")
    @Nullable
    String user;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "With --from: so many aggregates only, whole, chosen by a hash of their identifiers.")
    @Nullable
    Integer sample;

    @Option(names = "--soak", paramLabel = "TIME", description = "How long each step lasts, such as 1s (default: 0s).")
    String soak = "0s";

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes the result as JUnit XML.")
    @Nullable
    Path junit;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the result as Markdown.")
    @Nullable
    Path report;

    @Option(names = "--log", paramLabel = "FILE", description = "Keeps the application's log there.")
    @Nullable
    Path log;

    @Mixin
    @Nullable
    LocalOutput output;

    private final Map<String, String> environment;

    RehearseCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        RehearsalOptions options = options();
        PrintWriter out = Objects.requireNonNull(output).words();
        RehearsalResult result = new Rehearsals().run(options, line -> {
            out.println(line);
            out.flush();
        });
        if (junit != null) {
            WholeFile.write(junit, result.junit());
        }
        if (report != null) {
            WholeFile.write(report, result.document().markdown());
        }
        result.notRehearsed().forEach(each -> out.println("not rehearsed: " + each));
        long failed =
                result.cases().stream().filter(each -> each.failure() != null).count();
        out.println(
                result.passed()
                        ? String.format(
                                Locale.ROOT,
                                "All %,d cases hold on %s.",
                                result.cases().size(),
                                Words.count(result.events(), "event"))
                        : String.format(
                                Locale.ROOT,
                                "%,d of %s failed; do not carry out this plan as it is.",
                                failed,
                                Words.count(result.cases().size(), "case")));
        out.flush();
        output.json(Map.of(
                "passed", result.passed(),
                "events", result.events(),
                "cases", result.cases(),
                "notRehearsed", result.notRehearsed()));
        return result.passed() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private RehearsalOptions options() {
        try {
            return new RehearsalOptions(view, to, plan(), source(), soak(), log, Map.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Source source() {
        if (store.from == null && (sample != null || user != null)) {
            throw new IllegalArgumentException("--sample and --user belong to --from; add that, or leave them out");
        }
        Path dump = store.dump;
        if (dump != null) {
            return new Source.Dump(dump);
        }
        String from = store.from;
        return from == null
                ? new Source.Imported()
                : new Source.Database(from, user, environment.get(PASSWORD), sample);
    }

    private Plan plan() {
        if (plan == null) {
            return Plan.standard();
        }
        if (!Files.exists(plan)) {
            throw new IllegalArgumentException("Plan '%s' is not there; correct --plan".formatted(plan));
        }
        return PlanFile.read(plan).plan();
    }

    private Duration soak() {
        String text = soak.strip().toUpperCase(Locale.ROOT);
        try {
            return Duration.parse(text.startsWith("P") ? text : "PT" + text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "Time '%s' must be such as 1s or 0.5s; correct --soak".formatted(soak), e);
        }
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
