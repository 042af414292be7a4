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

/** Folds a part of a version's history again. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Folds the history of some rows of a version again and puts the result in their place.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or events of these rows wait as dead letters, or rows were left as they were"
        })
final class RebuildCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Mixin
    ChangeoverCommand.@Nullable Reason reason;

    @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.")
    @Nullable
    VersionId version;

    @ArgGroup(multiplicity = "1")
    @Nullable
    Target target;

    @Option(names = "--dry-run", description = "Say only what would change.")
    boolean dryRun;

    /** What to rebuild: exactly one of these. */
    static final class Target {

        @Option(names = "--home", paramLabel = "HOME", description = "Home of rows; may be given several times.")
        @Nullable
        List<String> homes;

        @Option(
                names = "--where",
                paramLabel = "FILTER",
                description =
                        "Rows as they are stored, such as status=SHIPPED or orderDate>=2004-01-01; several are joined by and.")
        @Nullable
        List<String> where;

        @Option(
                names = "--differing-from",
                paramLabel = "N",
                description = "Rows in which a comparison with this version finds a difference.")
        @Nullable
        Integer differingFrom;

        @Option(
                names = "--aggregate",
                paramLabel = "TYPE/ID",
                description = "Rows that the events of this aggregate touch.")
        @Nullable
        String aggregate;

        @Option(
                names = "--positions",
                paramLabel = "A-B",
                description = "Rows that the events at these positions touch.")
        @Nullable
        String positions;

        @Option(
                names = "--changed",
                description = "What is proven enough after a change of folds, and nothing where nothing changed.")
        boolean changed;

        @Option(names = "--all", description = "Everything.")
        boolean all;
    }

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        VersionId of = Objects.requireNonNull(version);
        JsonNode result =
                to.client().post("/api/views/%s/versions/%d/rebuild".formatted(of.view(), of.version()), body());
        to.print(result, ShowRebuild::result);
        boolean clean = result.path("stillParked").asLong() == 0
                && result.path("untouched").isEmpty();
        return clean || dryRun ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Map<String, Object> body() {
        Target chosen = Objects.requireNonNull(target);
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "homes", chosen.homes);
        put(body, "where", chosen.where);
        put(body, "differingFrom", chosen.differingFrom);
        put(body, "aggregate", chosen.aggregate);
        put(body, "positions", chosen.positions);
        put(body, "changed", chosen.changed ? true : null);
        put(body, "all", chosen.all ? true : null);
        put(body, "dryRun", dryRun ? true : null);
        body.putAll(Objects.requireNonNull(reason).field());
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
