package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what shadow reads have found. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        description =
                "Shows what readers would have been answered by the other version of a view, since its changeover began.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every answer that could be compared was the same",
            "1:refused",
            "4:answers differ",
            "5:no answer could be compared, so nothing is proven"
        })
final class ShadowCommand implements Callable<Integer> {

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
                to.client().get("/api/views/%s/shadow".formatted(ApiClient.segment(Objects.requireNonNull(view))));
        to.print(report, ShowShadow::report);
        if (report.path("different").asLong() > 0) {
            return ExitCode.DIFFERENT;
        }
        return report.path("same").asLong() > 0 ? ExitCode.OK : ExitCode.NOT_COMPARABLE;
    }
}
