package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has a version that was given up not be projected any more. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a version that was given up, on every node, and keeps its table under another name.",
            "Refused before it was held for as long as the plan of its changeover says. restore takes it back."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:decided, and carried out",
            "1:refused",
            "5:decided, and not carried out yet; nodes go on with it"
        })
final class PurgeCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Mixin
    @Nullable
    DryRun dryRun;

    @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@1.")
    @Nullable
    VersionId version;

    @Override
    public Integer call() {
        return ShowDisposals.asked(
                Objects.requireNonNull(connection),
                Objects.requireNonNull(version),
                "purge",
                Objects.requireNonNull(reason).field(),
                Objects.requireNonNull(dryRun));
    }
}
