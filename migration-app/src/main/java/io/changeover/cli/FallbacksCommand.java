package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows how readers of a new version fare. */
@Command(
        name = "fallbacks",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how calls of a new version ended, how many the old one had to answer, and what is left of the error budget.",
            "Counts are those of all nodes; breaker, latency and failures are those of the asked one."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no more calls fell back than may", "1:refused", "4:more calls fell back than may"})
final class FallbacksCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode report =
                to.client().get("/api/views/%s/fallbacks".formatted(ApiClient.segment(Objects.requireNonNull(view))));
        to.print(report, ShowFallbacks::report);
        return report.path("budget").path("exceeded").asBoolean() ? ExitCode.DIFFERENT : ExitCode.OK;
    }
}
