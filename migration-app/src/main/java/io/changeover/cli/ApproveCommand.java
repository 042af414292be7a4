package io.changeover.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agrees to a step of a plan. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Agrees to a step of the plan of a changeover that wants an approval.",
            "The step begins once its gates pass too. Readers who are taken back take the approval with them."
        },
        usageHelpAutoWidth = true)
final class ApproveCommand implements Callable<Integer> {

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

    @Parameters(paramLabel = "PERCENT", description = "The step, as its share of readers.")
    int percent;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Approve in this role only (default: whichever of yours the step asks for).")
    @Nullable
    String role;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("percent", percent);
        if (role != null) {
            body.put("role", role);
        }
        body.putAll(Objects.requireNonNull(reason).field());
        String path = "/api/changeovers/%s/approve".formatted(ApiClient.segment(Objects.requireNonNull(view)));
        return to.print(to.client().post(Objects.requireNonNull(dryRun).of(path), body), Show::changeover);
    }
}
