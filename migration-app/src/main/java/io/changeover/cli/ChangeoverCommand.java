package io.changeover.cli;

import io.changeover.upcast.Revision;
import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.JsonNode;

/** The client's commands, one for each verb of an operator. */
@Command(
        name = "changeover",
        mixinStandardHelpOptions = true,
        version = "changeover 0.1.0",
        description = "Moves readers of a view from one version to another, and back.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {
            StatusCommand.class,
            PlanCommand.class,
            GatesCommand.class,
            ApproveCommand.class,
            StepCommand.class,
            CompareCommand.class,
            ComparisonsCommand.class,
            ComparisonCommand.class,
            DifferencesCommand.class,
            ExportCommand.class,
            DriftCommand.class,
            ReconcileCommand.class,
            FallbacksCommand.class,
            EffectsCommand.class,
            TopicsCommand.class,
            MirrorCommand.class,
            ShadowCommand.class,
            RebuildCommand.class,
            ExplainCommand.class,
            SelfCheckCommand.class,
            RepairCommand.class,
            RepairsCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            ExplainRouteCommand.class,
            NodesCommand.class,
            SegmentsCommand.class,
            AuditCommand.class,
            AutopilotCommand.class,
            ConsumersCommand.class,
            SimulateCommand.class,
            ImpactCommand.class,
            ThrottleCommand.class,
            SunsetCommand.class,
            RehearseCommand.class,
            ReportsCommand.class,
            ReportCommand.class,
            ReopenCommand.class,
            PurgeCommand.class,
            RestoreCommand.class,
            DropCommand.class,
            DoctorCommand.class,
            EventsCommand.class,
            SchemasCommand.class,
            SamplesCommand.class,
            CompletionCommand.class,
            TokensCommand.class,
            TokenCommand.class,
            PeopleCommand.class,
            PersonCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused or failed (see standard error), or a check found problems",
            "2:the command is not understood",
            "3:no server answers",
            "4:a check has found something: rows that differ, failures, a gate that refuses, a state to mend",
            "5:a check has found nothing, but not all is proven, or a gate holds",
            "6:events rollback-report: the release could not read some stored events"
        },
        footer = {
            "",
            "Starting the application:",
            "  changeover demo    runs it with the example domain and a changeover to watch",
            "  changeover serve   runs it with the domain in $CHANGEOVER_DOMAIN",
            "",
            "No server is asked by 'schemas', 'samples approve' and 'events check': they",
            "look at the classes and files of the domain in $CHANGEOVER_DOMAIN. Nor is",
            "one by 'consumers token', which makes a random token, by 'plan check', by",
            "'plan default', by 'completion' and by 'rehearse', which runs the domain on a",
            "copy of a store.",
            "",
            "'changeover COMMAND --help' tells more about a command."
        })
final class ChangeoverCommand {

    /** The server is asked for progress this often; it has no way to call back. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Set<String> UNDER_WAY = Set.of("starting", "running", "indexing");

    private static final String VIEW = "Name of the view, such as order-board.";
    private static final String HALTED = "View, such as order-board, or version, such as order-board@2.";

    private final Map<String, String> environment;

    @Spec
    @Nullable
    CommandSpec spec;

    private ChangeoverCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Runs one command line and returns its exit code. */
    static int run(Map<String, String> environment, String... arguments) {
        return commandLine(environment).execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine root = new CommandLine(new ChangeoverCommand(environment), new Factory(environment))
                .registerConverter(VersionId.class, new VersionIdConverter())
                .registerConverter(Revision.class, new RevisionConverter())
                .setExecutionExceptionHandler(new Failures())
                .setExitCodeExceptionMapper(e -> e instanceof ParameterException ? ExitCode.USAGE : ExitCode.REFUSED)
                .setCaseInsensitiveEnumValuesAllowed(true);
        root.getSubcommands().values().forEach(ChangeoverCommand::nameExitCodes);
        return root;
    }

    /** A verb that names no exit codes of its own has those that every verb has. */
    private static void nameExitCodes(CommandLine verb) {
        UsageMessageSpec usage = verb.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty()) {
            Map<String, String> usual = new LinkedHashMap<>();
            usual.put("0", "done");
            usual.put("1", "refused or failed");
            usual.put("2", "the command is not understood");
            usual.put("3", "no server answers");
            usage.exitCodeListHeading("%nExit codes:%n");
            usage.exitCodeList(usual);
        }
        verb.getSubcommands().values().forEach(ChangeoverCommand::nameExitCodes);
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists all views.")
    int views(@Mixin Connection connection) {
        return connection.print(connection.client().get("/api/views"), Show::views);
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows one view with its versions.")
    int view(@Mixin Connection connection, @Parameters(paramLabel = "VIEW", description = VIEW) String view) {
        return connection.print(connection.client().get("/api/views/" + ApiClient.segment(view)), Show::view);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Opens a changeover from the version that serves to another one.",
                "With a plan it is carried out by that from the beginning; a plan that is refused leaves nothing declared."
            })
    int declare(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Option(
                            names = "--to",
                            paramLabel = "N",
                            description = "Version that takes over (default: the one that the plan names).")
                    @Nullable
                    Integer to,
            @Option(names = "--plan", paramLabel = "FILE", description = "YAML file with the plan.") @Nullable
                    Path file) {
        PlanFile plan = file == null ? null : PlanFile.read(file);
        Integer target = to != null || plan == null ? to : plan.plan().to();
        if (target == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).subcommands().get("declare"),
                    "A changeover leads to a version, and neither --to nor a plan names one; add --to");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("view", view);
        body.put("to", target);
        if (plan != null) {
            body.put("plan", plan.text());
        }
        body.putAll(reason.field());
        return connection.print(connection.client().post(dryRun.of("/api/changeovers"), body), Show::changeover);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Builds the new versions of some views from history, beside those that serve.",
                "Several views that are named at once are built by one reading of the store."
            })
    int backfill(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", arity = "1..*", description = "Names of the views, such as order-board.")
                    List<String> views,
            @Option(
                            names = {"--wait", "--watch"},
                            description = "Follow them until all have ended.")
                    boolean wait) {
        ApiClient client = connection.client();
        Map<String, Object> body = new LinkedHashMap<>(reason.field());
        body.put("views", views);
        JsonNode begun = client.post(dryRun.of("/api/backfills"), body);
        if (!wait || dryRun.asked) {
            return connection.print(begun, Show::changeovers);
        }
        int outcome = ExitCode.OK;
        for (JsonNode each : begun) {
            JsonNode ended = follow(client, each.path("view").asString(), each);
            connection.print(ended, Show::changeover);
            outcome = Math.max(outcome, outcome(ended));
        }
        return outcome;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Of a view: has nothing of its changeover move forward; what gates break still goes back.",
                "Of a version: stops its backfill at a checkpoint. Either stays so until it is resumed."
            })
    int pause(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW[@VERSION]", description = HALTED) String target) {
        return halt(connection, reason, dryRun, target, "pause");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Of a view: lets its changeover go on that was paused, has failed or was rolled back.",
                "Of a version: goes on with its backfill that was paused or cancelled, or has failed."
            })
    int resume(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW[@VERSION]", description = HALTED) String target) {
        return halt(connection, reason, dryRun, target, "resume");
    }

    private int halt(Connection connection, Reason reason, DryRun dryRun, String target, String step) {
        if (!target.contains("@")) {
            return step(connection, reason, dryRun, target, "/" + step);
        }
        try {
            return backfillStep(connection, reason, dryRun, VersionId.parse(target), step);
        } catch (InvalidVersionIdException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).subcommands().get(step), String.valueOf(e.getMessage()));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Stops a backfill and removes what it has built; asked for again it begins anew.")
    int cancel(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW@VERSION", converter = VersionIdConverter.class) VersionId version) {
        return backfillStep(connection, reason, dryRun, version, "cancel");
    }

    private static int backfillStep(
            Connection connection, Reason reason, DryRun dryRun, VersionId version, String step) {
        String path = "/api/views/%s/versions/%d/backfill/%s"
                .formatted(ApiClient.segment(version.view()), version.version(), step);
        return connection.print(connection.client().post(dryRun.of(path), reason.field()), Show::backfill);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Compares the versions of a changeover and records the verdict in it.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:the versions are equal",
                "1:refused",
                "4:the versions differ",
                "5:not all rows could be compared, so nothing is proven"
            })
    int verify(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view) {
        return parity(connection, connection.client().post(dryRun.of(changeover(view, "/verify")), reason.field()));
    }

    @Command(mixinStandardHelpOptions = true, description = "Moves a share of the readers to the new version.")
    int shift(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Parameters(paramLabel = "PERCENT", description = "Share of readers, from 0 to 100.") int percent) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("percent", percent);
        body.putAll(reason.field());
        return connection.print(
                connection.client().post(dryRun.of(changeover(view, "/shift")), body), Show::changeover);
    }

    @Command(mixinStandardHelpOptions = true, description = "Sends all readers back to the old version.")
    int rollback(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view) {
        return step(connection, reason, dryRun, view, "/rollback");
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends a changeover at 100 %%: the new version serves.")
    int complete(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view) {
        return step(connection, reason, dryRun, view, "/complete");
    }

    @Command(mixinStandardHelpOptions = true, description = "Ends a changeover at 0 %%: the old version goes on.")
    int abort(
            @Mixin Connection connection,
            @Mixin Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view) {
        return step(connection, reason, dryRun, view, "/abort");
    }

    @Command(
            name = "dead-letters",
            mixinStandardHelpOptions = true,
            description = "Lists the events that wait because a fold failed.")
    int deadLetters(
            @Mixin Connection connection,
            @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.") VersionId version) {
        return connection.print(connection.client().get(deadLetters(version)), Show::deadLetters);
    }

    @Command(mixinStandardHelpOptions = true, description = "Folds the waiting events of one home again.")
    int retry(
            @Mixin Connection connection,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.") VersionId version,
            @Parameters(paramLabel = "HOME", description = "Home of the rows, as 'dead-letters' names it.")
                    String home) {
        JsonNode result = connection.client().post(dryRun.of(deadLetters(version) + "/retry"), Map.of("home", home));
        connection.print(result, Show::retried);
        return dryRun.asked || result.path("stillParked").asLong() == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }

    private int step(Connection connection, Reason reason, DryRun dryRun, String view, String step) {
        return connection.print(
                connection.client().post(dryRun.of(changeover(view, step)), reason.field()), Show::changeover);
    }

    private static int parity(Connection connection, JsonNode report) {
        connection.print(report, Show::parity);
        return ShowDryRun.isOne(report)
                ? ExitCode.OK
                : ExitCode.of(report.path("verdict").asString());
    }

    private JsonNode follow(ApiClient client, String view, JsonNode begin) {
        PrintWriter err = commandLine().getErr();
        boolean terminal = environment.containsKey("CHANGEOVER_TERMINAL");
        JsonNode status = begin;
        while (UNDER_WAY.contains(status.path("backfill").path("state").asString(""))) {
            if (terminal) {
                err.print("\r" + Show.progress(status.path("backfill")) + "   ");
                err.flush();
            }
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return status;
            }
            status = client.get(changeover(view, ""));
        }
        if (terminal) {
            err.println();
        }
        return status;
    }

    private static int outcome(JsonNode status) {
        return status.path("backfill").path("state").asString("").equals("done") ? ExitCode.OK : ExitCode.REFUSED;
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }

    private static String changeover(String view, String step) {
        return "/api/changeovers/" + ApiClient.segment(view) + step;
    }

    private static String deadLetters(VersionId version) {
        return "/api/views/%s/versions/%d/dead-letters".formatted(version.view(), version.version());
    }

    /** Why something is asked for; kept in the audit trail. */
    static final class Reason {

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the audit trail.")
        @Nullable
        String reason;

        Map<String, String> field() {
            return reason == null ? Map.of() : Map.of("reason", reason);
        }
    }

    private static final class VersionIdConverter implements ITypeConverter<VersionId> {

        @Override
        public VersionId convert(String text) {
            try {
                return VersionId.parse(text);
            } catch (InvalidVersionIdException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class RevisionConverter implements ITypeConverter<Revision> {

        @Override
        public Revision convert(String text) {
            int at = text.lastIndexOf('@');
            if (at < 1 || at == text.length() - 1) {
                throw new TypeConversionException(
                        "'%s' must name a revision such as 'order.placed@2'; add the revision after an @"
                                .formatted(text));
            }
            return new Revision(text.substring(0, at), text.substring(at + 1));
        }
    }

    /** Gives the shared options their environment. */
    private record Factory(Map<String, String> environment) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == Connection.class) {
                return type.cast(new Connection(environment));
            }
            if (type == RehearseCommand.class) {
                return type.cast(new RehearseCommand(environment));
            }
            return type == ServerOptions.class
                    ? type.cast(new ServerOptions(environment))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
