package io.changeover.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows what events cause in the outside world, and takes a person's decision about what has failed. */
@Command(
        name = "effects",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the events of a view cause in the outside world, which version acts, and what waits or has failed.",
            "'effects retry' tries one again, 'effects skip' decides that it is not to be done."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:none has failed for good", "1:refused", "4:some have failed for good and wait for a person"})
final class EffectsCommand implements Callable<Integer> {

    private static final String POSITION = "Position of the event.";
    private static final String NAME = "Name of the effect, such as confirmation.";

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(arity = "0..1", paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        if (view == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required parameter: 'VIEW'");
        }
        Connection to = Objects.requireNonNull(connection);
        JsonNode effects = to.client().get("/api/views/%s/effects".formatted(ApiClient.segment(view)));
        to.print(effects, ShowEffects::view);
        return effects.path("counts").path("failed").asLong() > 0 ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lets an effect be tried at once, with all its attempts before it again.")
    int retry(
            @Mixin Connection to,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.") String of,
            @Parameters(paramLabel = "POSITION", description = POSITION) long position,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return to.print(
                to.client().post(dryRun.of(path(of, position, name) + "/retry"), reason.field()), ShowEffects::one);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Decides that an effect is not to be done, or not to be made up for.")
    int skip(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; kept with the effect.")
                    String reason,
            @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.") String of,
            @Parameters(paramLabel = "POSITION", description = POSITION) long position,
            @Parameters(paramLabel = "NAME", description = NAME) String name) {
        return to.print(
                to.client().post(dryRun.of(path(of, position, name) + "/skip"), Map.of("reason", reason)),
                ShowEffects::one);
    }

    private static String path(String view, long position, String name) {
        return "/api/views/%s/effects/%d/%s".formatted(ApiClient.segment(view), position, ApiClient.segment(name));
    }
}
