package io.changeover.cli;

import io.changeover.plan.Plan;
import io.changeover.plan.PlanText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks plans, shows what they do, and has changeovers carried out by them. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Checks a plan, shows what it does, and has a changeover carried out by it.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
final class PlanCommand {

    private static final String FILE = "YAML file with the plan.";
    private static final String VIEW = "Name of the view, such as order-board.";

    @Command(
            mixinStandardHelpOptions = true,
            description = "Checks the file of a plan and tells everything that is wrong with it. Asks no server.")
    int check(@Mixin LocalOutput output, @Parameters(paramLabel = "FILE", description = FILE) Path file) {
        Plan plan = PlanFile.read(file).plan();
        PrintWriter out = output.words();
        out.println("%s: plan '%s' can be carried out: %s".formatted(file, plan.name(), ShowPlan.shares(plan)));
        out.flush();
        output.json(Map.of("file", file.toString(), "plan", plan.name(), "text", PlanText.of(plan)));
        return ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Prints the plan that holds what a plan of your own leaves out. Asks no server.",
            name = "default")
    int standard(@Mixin LocalOutput output) {
        PrintWriter out = output.words();
        out.print(PlanText.of(Plan.standard()));
        out.flush();
        output.json(Map.of("plan", Plan.standard().name(), "text", PlanText.of(Plan.standard())));
        return ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Shows the plan of the open changeover of a view, or what the plan in a file would do from where the view stands.",
                "Nothing changes."
            })
    int show(
            @Mixin Connection connection,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Parameters(arity = "0..1", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Option(names = "--yaml", description = "Print the plan itself, with every part written out.")
                    boolean yaml) {
        String path = path(view);
        return connection.print(
                file == null
                        ? connection.client().get(path)
                        : connection
                                .client()
                                .post(
                                        path + "/preview",
                                        Map.of("plan", PlanFile.read(file).text())),
                yaml ? preview -> preview.path("text").asString().stripTrailing() : ShowPlan::preview);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Has the open changeover of a view carried out by a plan, from where it stands.",
                "What was approved under another plan is to be approved again."
            })
    int adopt(
            @Mixin Connection connection,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Parameters(paramLabel = "FILE", description = FILE) Path file) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("plan", PlanFile.read(file).text());
        body.putAll(reason.field());
        return connection.print(connection.client().post(dryRun.of(path(view)), body), Show::changeover);
    }

    private static String path(String view) {
        return "/api/changeovers/%s/plan".formatted(ApiClient.segment(view));
    }
}
