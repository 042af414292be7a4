package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists changeovers that are open or over. */
@Command(
        name = "reports",
        mixinStandardHelpOptions = true,
        description = "Lists changeovers with a report: open ones, then those that are over, the latest first.",
        usageHelpAutoWidth = true)
final class ReportsCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(arity = "0..1", paramLabel = "VIEW", description = "Name of one view (default: all).")
    @Nullable
    String view;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most (default: 50).")
    int limit;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        String path =
                "/api/reports?limit=%d%s".formatted(limit, view == null ? "" : "&view=" + ApiClient.segment(view));
        return to.print(to.client().get(path), ShowReports::list);
    }
}
