package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what differs between versions that live. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Shows which rows differ between versions of a view that live, as far as it is known.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no row differs",
            "1:refused",
            "4:rows differ",
            "5:none is known to differ, but versions are not being compared, so nothing is proven"
        })
final class DriftCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode drift =
                to.client().get("/api/views/%s/drift".formatted(ApiClient.segment(Objects.requireNonNull(view))));
        to.print(drift, ShowDrift::pairs);
        return exitCode(drift);
    }

    static int exitCode(JsonNode drift) {
        if (drift.valueStream().anyMatch(pair -> pair.path("rows").asLong() > 0)) {
            return ExitCode.DIFFERENT;
        }
        return drift.valueStream()
                        .allMatch(pair -> pair.path("state").asString("").equals("following"))
                ? ExitCode.OK
                : ExitCode.NOT_COMPARABLE;
    }
}
