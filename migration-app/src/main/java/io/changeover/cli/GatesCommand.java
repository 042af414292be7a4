package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what the gates of a changeover say. */
@Command(
        name = "gates",
        mixinStandardHelpOptions = true,
        description = "Shows what the gates of the open changeover of a view say now.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all gates pass",
            "1:refused",
            "4:a gate refuses",
            "5:a gate holds and none refuses, or no gate was asked because there is no plan"
        })
final class GatesCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode gates =
                to.client().get("/api/changeovers/%s/gates".formatted(ApiClient.segment(Objects.requireNonNull(view))));
        to.print(gates, ShowPlan::gates);
        return ShowPlan.exitCode(gates);
    }
}
