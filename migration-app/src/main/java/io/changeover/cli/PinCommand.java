package io.changeover.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a tenant or a principal answered by one version. */
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = {
            "Has a tenant or a principal answered by one version of the open changeover.",
            "Where that is the new version, the rules of a shift must hold. A rollback ends such pins."
        },
        usageHelpAutoWidth = true)
final class PinCommand implements Callable<Integer> {

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

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            required = true,
            description = "Number of the version that answers.")
    int version;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        Map<String, Object> body = Objects.requireNonNull(pinned).fields();
        body.put("version", version);
        body.putAll(Objects.requireNonNull(reason).field());
        return to.print(
                to.client()
                        .post(
                                Objects.requireNonNull(dryRun)
                                        .of("/api/changeovers/%s/pin"
                                                .formatted(ApiClient.segment(Objects.requireNonNull(view)))),
                                body),
                ShowRoute::route);
    }
}
