package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Has a purged version be projected again. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {"Gives a purged version its table back and projects it again, from where it stopped."},
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:decided, and carried out",
            "1:refused",
            "5:decided, and not carried out yet; nodes go on with it"
        })
final class RestoreCommand implements Callable<Integer> {

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
                "restore",
                Objects.requireNonNull(reason).field(),
                Objects.requireNonNull(dryRun));
    }
}
