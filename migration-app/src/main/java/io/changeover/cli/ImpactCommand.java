package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says what a change of folds concerns. */
@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a change of folds concerns: nothing, a default value, the rows of some keys, or all rows.",
            "Holds the folds of the running release against those that made the rows, and names what to run next."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing: the rows are those that these folds make", "1:refused", "4:something is to be done"
        })
final class ImpactCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.")
    @Nullable
    VersionId version;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        VersionId of = Objects.requireNonNull(version);
        JsonNode impact = server.client()
                .get("/api/views/%s/versions/%d/impact".formatted(ApiClient.segment(of.view()), of.version()));
        server.print(impact, ShowSimulation::impact);
        return impact.path("kind").asString("").equals("NOTHING") ? ExitCode.OK : ExitCode.DIFFERENT;
    }
}
