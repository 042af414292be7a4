package io.changeover.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on to the next step of a plan before its time. */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description =
                "Has a changeover go on to the next step of its plan before the time of this one is over; gates and approvals still count.",
        usageHelpAutoWidth = true)
final class StepCommand implements Callable<Integer> {

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
        Connection to = Objects.requireNonNull(connection);
        String path = "/api/changeovers/%s/step".formatted(ApiClient.segment(Objects.requireNonNull(view)));
        return to.print(
                to.client()
                        .post(
                                Objects.requireNonNull(dryRun).of(path),
                                Objects.requireNonNull(reason).field()),
                Show::changeover);
    }
}
