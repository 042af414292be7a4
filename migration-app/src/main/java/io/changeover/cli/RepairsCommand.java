package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the audit trail of repairs. */
@Command(
        name = "repairs",
        mixinStandardHelpOptions = true,
        description =
                "Lists the homes of a view that were repaired, the latest first: who, when, why, before and after.",
        usageHelpAutoWidth = true)
final class RepairsCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        return to.print(
                to.client().get("/api/views/%s/repairs".formatted(ApiClient.segment(Objects.requireNonNull(view)))),
                ShowRows::repairs);
    }
}
