package io.changeover.cli;

import io.changeover.view.VersionId;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows among which nodes the work on a view's versions is divided, and divides it otherwise. */
@Command(
        name = "segments",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the segments of a view's versions: which part of the rows each has, how far it is, and which node works on it.",
            "'segments split' makes two of one, so that two nodes can share it; 'segments merge' makes one of the two again. Nothing is stopped for it but the version's processing on the nodes concerned, for a moment."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused"})
final class SegmentsCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Spec
    @Nullable
    CommandSpec spec;

    // Required only without a verb below this one, which picocli cannot be told.
    @Parameters(arity = "0..1", paramLabel = "VIEW", description = "View, such as order-board.")
    @Nullable
    String view;

    @Override
    public Integer call() {
        if (view == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required parameter: 'VIEW'");
        }
        Connection to = Objects.requireNonNull(connection);
        return to.print(
                to.client().get("/api/views/%s/segments".formatted(ApiClient.segment(view))), SegmentsCommand::shown);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Splits a segment of a version in two of half its rows. A node that has it leaves it for that.")
    int split(
            @Mixin Connection to,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.") VersionId version,
            @Parameters(paramLabel = "SEGMENT", description = "Number of the segment.") int segment) {
        return changed(to, reason, dryRun, version, segment, "split");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Merges a segment of a version with its other half. Nodes that have them leave them for that.")
    int merge(
            @Mixin Connection to,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "VERSION", description = "Version, such as order-board@2.") VersionId version,
            @Parameters(paramLabel = "SEGMENT", description = "Number of one of the two.") int segment) {
        return changed(to, reason, dryRun, version, segment, "merge");
    }

    private static int changed(
            Connection to,
            ChangeoverCommand.Reason reason,
            DryRun dryRun,
            VersionId version,
            int segment,
            String verb) {
        String path =
                "/api/views/%s/versions/%d/segments/%d/%s".formatted(version.view(), version.version(), segment, verb);
        return to.print(to.client().post(dryRun.of(path), reason.field()), SegmentsCommand::shown);
    }

    private static String shown(JsonNode segments) {
        Table table = new Table("VERSION", "SEGMENT", "SHARE", "POSITION", "BEHIND", "NODE");
        segments.forEach(segment -> table.row(
                segment.path("version").asString(),
                segment.path("segment").asString(),
                "%.1f %%".formatted(100 * segment.path("share").asDouble()),
                Show.count(segment.path("position")),
                Show.count(segment.path("behind")),
                segment.path("node").asString("-")));
        return table.toString();
    }
}
