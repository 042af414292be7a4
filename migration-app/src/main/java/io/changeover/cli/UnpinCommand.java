package io.changeover.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets a tenant or a principal go by the cohort again. */
@Command(
        name = "unpin",
        mixinStandardHelpOptions = true,
        description = "Lets a tenant or a principal that was pinned go by its cohort again.",
        usageHelpAutoWidth = true)
final class UnpinCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Mixin
    @Nullable
    Pinned pinned;

    @Parameters(paramLabel = "VIEW", description = "Name of the view, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        Map<String, Object> body = Objects.requireNonNull(pinned).fields();
        body.putAll(Objects.requireNonNull(reason).field());
        return to.print(
                to.client()
                        .post(
                                Objects.requireNonNull(dryRun)
                                        .of("/api/changeovers/%s/unpin"
                                                .formatted(ApiClient.segment(Objects.requireNonNull(view)))),
                                body),
                ShowRoute::route);
    }
}
