package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Compares now what events have touched since the last look. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Compares now what events have touched since the last look, and shows which rows differ.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no row differs",
            "1:refused",
            "4:rows differ",
            "5:none is known to differ, but versions could not be compared, so nothing is proven"
        })
final class ReconcileCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Option(names = "--all", description = "Compare all rows, not only those that events have touched.")
    boolean all;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        Map<String, Object> body =
                new LinkedHashMap<>(Objects.requireNonNull(reason).field());
        if (all) {
            body.put("all", true);
        }
        JsonNode drift = to.client()
                .post(
                        Objects.requireNonNull(dryRun)
                                .of("/api/views/%s/reconcile"
                                        .formatted(ApiClient.segment(Objects.requireNonNull(view)))),
                        body);
        to.print(drift, ShowDrift::pairs);
        return ShowDryRun.isOne(drift) ? ExitCode.OK : DriftCommand.exitCode(drift);
    }
}
