package io.changeover.cli;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows the topics that an application publishes, and takes a person's decision about one that does not get on. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the topics that are published: what each promises, how far it is, and why it does not get on.",
            "'topics skip' has one go on without an event, 'topics restart' publishes one again that the brokers have lost."
        },
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all get on", "1:refused", "4:some do not get on and wait for a person"})
final class TopicsCommand implements Callable<Integer> {

    private static final String TOPIC = "Name of the topic, such as orders.v1.";

    @Mixin
    @Nullable
    Connection connection;

    @Override
    public Integer call() {
        Connection to = Objects.requireNonNull(connection);
        JsonNode topics = to.client().get("/api/topics");
        to.print(topics, TopicsCommand::all);
        return topics.valueStream().anyMatch(topic -> topic.path("failure").isString())
                ? ExitCode.DIFFERENT
                : ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Has a topic go on without the event that it waits at. Its readers miss that event for good.")
    int skip(
            @Mixin Connection to,
            @Mixin DryRun dryRun,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why; kept with the decision.")
                    String reason,
            @Parameters(paramLabel = "TOPIC", description = TOPIC) String topic,
            @Parameters(paramLabel = "POSITION", description = "Position of the event.") long position) {
        return to.print(
                to.client()
                        .post(
                                dryRun.of(
                                        "/api/topics/%s/events/%d/skip".formatted(ApiClient.segment(topic), position)),
                                Map.of("reason", reason)),
                TopicsCommand::one);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Has a topic that the brokers have lost published again from the beginning; what is on it stays as it is.")
    int restart(
            @Mixin Connection to,
            @Mixin ChangeoverCommand.Reason reason,
            @Mixin DryRun dryRun,
            @Parameters(paramLabel = "TOPIC", description = TOPIC) String topic) {
        return to.print(
                to.client()
                        .post(dryRun.of("/api/topics/%s/restart".formatted(ApiClient.segment(topic))), reason.field()),
                TopicsCommand::one);
    }

    private static String all(JsonNode topics) {
        if (topics.isEmpty()) {
            return "This application publishes no topics.";
        }
        Table table = new Table("TOPIC", "POSITION", "BEHIND", "SKIPPED", "NODE", "SUNSET", "PROMISES");
        topics.forEach(topic -> table.row(
                topic.path("name").asString(),
                Show.count(topic.path("position")),
                Show.count(topic.path("behind")),
                Show.count(topic.path("skipped")),
                topic.path("publisher").asString("-"),
                topic.path("sunset").asString("-"),
                topic.path("revisions").valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))));
        String failures = topics.valueStream()
                .filter(topic -> topic.path("failure").isString())
                .map(topic -> "\n" + topic.path("failure").asString())
                .collect(Collectors.joining());
        return table + (failures.isEmpty() ? "" : "\n" + failures);
    }

    private static String one(JsonNode topic) {
        return "%s is at position %s, %s behind, %s skipped%s"
                .formatted(
                        topic.path("name").asString(),
                        Show.count(topic.path("position")),
                        Words.count(topic.path("behind").asLong(), "position"),
                        Show.count(topic.path("skipped")),
                        topic.path("failure").isString()
                                ? "\n" + topic.path("failure").asString()
                                : "");
    }
}
