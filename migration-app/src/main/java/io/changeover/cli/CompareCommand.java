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

/** Compares two versions of a view and keeps what it finds. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two versions of a view row by row, and keeps every difference.",
            "The server works on it and this command follows: interrupted, it leaves the comparison running. While one of the same versions runs, it follows that one."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the versions are equal; with --no-wait: begun",
            "1:refused, failed or cancelled",
            "4:the versions differ",
            "5:not all rows could be compared, so nothing is proven"
        })
final class CompareCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    String view = "";

    @Parameters(paramLabel = "LEFT", description = "Number of one version.")
    int left;

    @Parameters(paramLabel = "RIGHT", description = "Number of the other.")
    int right;

    @Option(names = "--no-wait", description = "Return as soon as it is begun.")
    boolean noWait;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("left", left);
        body.put("right", right);
        body.putAll(Objects.requireNonNull(reason).field());
        JsonNode begun = server.client()
                .post(
                        Objects.requireNonNull(dryRun)
                                .of("/api/views/%s/comparisons".formatted(ApiClient.segment(view))),
                        body);
        return noWait || ShowDryRun.isOne(begun)
                ? server.print(begun, ShowComparison::status)
                : ComparisonEnd.print(server, ComparisonEnd.await(server, begun));
    }
}
