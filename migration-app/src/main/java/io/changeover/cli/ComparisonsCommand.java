package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists comparisons. */
@Command(
        name = "comparisons",
        mixinStandardHelpOptions = true,
        description = "Lists the comparisons of a view that are kept, the latest first.",
        usageHelpAutoWidth = true)
final class ComparisonsCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    String view = "";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 100 (default: 20).")
    int limit = 20;

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        return server.print(
                server.client().get("/api/views/%s/comparisons?limit=%d".formatted(ApiClient.segment(view), limit)),
                ShowComparison::list);
    }
}
