package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes the completion of a changeover back. */
@Command(
        name = "reopen",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the completion of the last changeover of a view back while the old version is held.",
            "Readers stay where they are; a rollback works at once and loses nothing."
        },
        usageHelpAutoWidth = true)
final class ReopenCommand implements Callable<Integer> {

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

    @Override
    public Integer call() {
        Connection server = Objects.requireNonNull(connection);
        return server.print(
                server.client()
                        .post(
                                Objects.requireNonNull(dryRun)
                                        .of("/api/changeovers/%s/reopen"
                                                .formatted(ApiClient.segment(Objects.requireNonNull(view)))),
                                Objects.requireNonNull(reason).field()),
                Show::changeover);
    }
}
