package io.changeover.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows the topic that the views follow, and takes a person's decision when it is not carried on. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the topic of another application that the views here follow: how far it is carried, by which nodes, and why it does not get on.",
            "'mirror skip' has it go on without a record, 'mirror restart' carries a topic that was made anew from its beginning."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it gets on", "1:refused", "4:it does not get on and waits for a person"})
final class MirrorCommand implements Callable<Integer> {

    @Mixin
    @Nullable
    Connection connection;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode mirror = to.client().get("/api/mirror");
        to.print(mirror, MirrorCommand::shown);
        return mirror.path("failure").isString() ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Has the mirror go on without the record that it waits at. The views here miss what it may have said for good.")
    int skip(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; kept with the decision.")
                    String reason,
            @Parameters(paramLabel = "PARTITION", description = "Number of the partition.") int partition,
            @Parameters(paramLabel = "OFFSET", description = "Offset of the record.") long offset) {
        return to.print(
                to.client()
                        .post(
                                dryRun.of("/api/mirror/partitions/%d/records/%d/skip".formatted(partition, offset)),
                                Map.of("reason", reason)),
                MirrorCommand::shown);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Has a topic that was removed and made anew carried from its beginning; events that are here stay, and are not added twice.")
    int restart(@Mixin Connection to, @Mixin ChangeoverCommand.Reason reason, @Mixin DryRun dryRun) {
        return to.print(to.client().post(dryRun.of("/api/mirror/restart"), reason.field()), MirrorCommand::shown);
    }

    private static String shown(JsonNode mirror) {
        Table table = new Table("PARTITION", "OFFSET", "BEHIND", "NODE");
        mirror.path("partitions")
                .forEach(partition -> table.row(
                        partition.path("partition").asString(),
                        Show.count(partition.path("offset")),
                        Show.count(partition.path("behind")),
                        partition.path("node").asString("-")));
        return "Topic %s is carried up to position %s; %s after it %s here without all before it, about %s in all, %s skipped%n%n%s%s"
                .formatted(
                        mirror.path("topic").asString(),
                        Show.count(mirror.path("position")),
                        Words.count(
                                mirror.path("head").asLong()
                                        - mirror.path("position").asLong(),
                                "position"),
                        mirror.path("head").asLong() - mirror.path("position").asLong() == 1 ? "is" : "are",
                        Words.count(mirror.path("events").asLong(), "event"),
                        Show.count(mirror.path("skipped")),
                        table,
                        mirror.path("failure").isString()
                                ? "%n%n%s".formatted(mirror.path("failure").asString())
                                : "");
    }
}
