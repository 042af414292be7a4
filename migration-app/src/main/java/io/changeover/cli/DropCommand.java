package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes a purged version for good. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = {
            "Removes a purged version for good: its table, tokens, dead letters and states. Nothing takes this back.",
            "Refused before it was purged for as long as the plan of its changeover says."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:decided, and carried out",
            "1:refused",
            "5:decided, and not carried out yet; nodes go on with it"
        })
final class DropCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

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

    @Option(
            names = "--confirm",
            required = true,
            paramLabel = "VERSION",
            description = "The same version once more, since nothing takes this back.")
    @Nullable
    VersionId confirmed;

    @Override
    public Integer call() {
        VersionId id = Objects.requireNonNull(version);
        if (!id.equals(confirmed)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--confirm '%s' must name '%s', which would be gone for good; correct one of them"
                            .formatted(confirmed, id));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("confirm", id.toString());
        fields.putAll(Objects.requireNonNull(reason).field());
        return ShowDisposals.asked(
                Objects.requireNonNull(connection), id, "drop", fields, Objects.requireNonNull(dryRun));
    }
}
