package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows who carries changeovers forward, and what they wait for. */
@Command(
        name = "autopilot",
        mixinStandardHelpOptions = true,
        description =
                "Shows which node carries each changeover that has a plan, what it waits for, and what the gates say.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:each is carried by a node, or there is none", "1:refused, or one is carried by no node"})
final class AutopilotCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(
            arity = "0..1",
            paramLabel = "VIEW",
            description = "Name of one view, such as order-board (default: all that have an open changeover).")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode carried =
                to.client().get(view == null ? "/api/autopilot" : "/api/autopilot/" + ApiClient.segment(view));
        to.print(carried, ShowAutopilot::all);
        return carried.valueStream().allMatch(each -> each.path("node").isString()) ? ExitCode.OK : ExitCode.REFUSED;
    }
}
