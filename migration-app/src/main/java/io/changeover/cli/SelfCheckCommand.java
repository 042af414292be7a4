package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.LinkedHashMap;
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

/** Holds a version against itself. */
@Command(
        name = "self-check",
        mixinStandardHelpOptions = true,
        description = "Folds homes of a version once more in memory and compares them with what is stored.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that was checked is what its events say",
            "1:refused",
            "4:rows are not, or the canonical form in SQL is another than in Java",
            "5:nothing differs, but nothing is proven of some homes"
        })
final class SelfCheckCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Parameters(paramLabel = "VIEW@VERSION", description = "Version, such as order-board@2.")
    @Nullable
    VersionId version;

    @ArgGroup
    @Nullable
    Extent extent;

    @Option(names = "--seed", paramLabel = "N", description = "Draw the same homes as a check before.")
    @Nullable
    Long seed;

    /** How much: at most one of these. */
    static final class Extent {

        @Option(names = "--homes", paramLabel = "N", description = "Homes to draw at random (default: 1000).")
        @Nullable
        Integer homes;

        @Option(names = "--all", description = "Check every home.")
        boolean all;
    }

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        VersionId of = Objects.requireNonNull(version);
        Map<String, Object> body = new LinkedHashMap<>();
        Extent chosen = extent;
        if (chosen != null && chosen.homes != null) {
            body.put("homes", chosen.homes);
        }
        if (chosen != null && chosen.all) {
            body.put("all", true);
        }
        if (seed != null) {
            body.put("seed", seed);
        }
        JsonNode report = to.client()
                .post(
                        "/api/views/%s/versions/%d/self-check".formatted(ApiClient.segment(of.view()), of.version()),
                        body);
        to.print(report, ShowRows::selfCheck);
        return switch (report.path("verdict").asString()) {
            case "same" -> ExitCode.OK;
            case "different" -> ExitCode.DIFFERENT;
            default -> ExitCode.NOT_COMPARABLE;
        };
    }
}
