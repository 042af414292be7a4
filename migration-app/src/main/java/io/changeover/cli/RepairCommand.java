package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Puts rows right. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = "Makes rows anew from their events where they are not what these say, and writes that down.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused, stopped on the way, or homes were left as they were"})
final class RepairCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Parameters(paramLabel = "VIEW@VERSION", description = "Version, such as order-board@2.")
    @Nullable
    VersionId version;

    @ArgGroup(multiplicity = "1")
    @Nullable
    Target target;

    @Option(names = "--dry-run", description = "Say only what would change.")
    boolean dryRun;

    /** What to repair: exactly one of these. */
    static final class Target {

        @Option(
                names = "--differing-from",
                paramLabel = "N",
                description = "Rows in which a comparison with this version finds a difference.")
        @Nullable
        Integer differingFrom;

        @Option(names = "--home", paramLabel = "HOME", description = "Home of rows; may be given several times.")
        @Nullable
        List<String> homes;
    }

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        VersionId of = Objects.requireNonNull(version);
        Target chosen = Objects.requireNonNull(target);
        Map<String, Object> body = new LinkedHashMap<>();
        if (chosen.homes != null) {
            body.put("homes", chosen.homes);
        }
        if (chosen.differingFrom != null) {
            body.put("differingFrom", chosen.differingFrom);
        }
        if (dryRun) {
            body.put("dryRun", true);
        }
        body.putAll(Objects.requireNonNull(reason).field());
        JsonNode report = to.client()
                .post("/api/views/%s/versions/%d/repair".formatted(ApiClient.segment(of.view()), of.version()), body);
        to.print(report, ShowRows::repair);
        boolean whole =
                report.path("untouched").isEmpty() && !report.path("stopped").isString();
        return whole || dryRun ? ExitCode.OK : ExitCode.REFUSED;
    }
}
