package io.changeover.operation;

import io.changeover.publish.TopicLedger;
import io.changeover.publish.TopicState;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topics as the database has them; whichever node publishes them follows. Safe for use by several threads. */
public final class LiveTopicOperations implements TopicOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTopicOperations.class);

    private final TopicLedger ledger;

    /** The verbs over the ledger. */
    public LiveTopicOperations(TopicLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<TopicState> topics() {
        return ledger.topics();
    }

    @Override
    public TopicState skip(String topic, long position, Request request) {
        TopicState state = require(topic);
        if (request.reason().isBlank()) {
            throw new OperationRefusedException(
                    "reason-missing",
                    "No reason is given, and it is all that will tell why the readers of topic '%s' miss an event; give one"
                            .formatted(topic));
        }
        if (!ledger.waitsAt(topic, position)) {
            throw new OperationRefusedException(
                    "topic-does-not-wait",
                    "Topic '%s' does not wait at position %d but %s; only the event that holds it up can be left out"
                            .formatted(
                                    topic,
                                    position,
                                    state.failure() == null
                                            ? "gets on at position %d".formatted(state.position())
                                            : "says: " + state.failure()));
        }
        DryRun run = request.dryRun();
        if (run != null) {
            run.would("leave event out", Map.of("topic", topic, "position", position));
            return state;
        }
        ledger.skip(topic, position, request.actor(), request.reason());
        LOG.info("Topic {} goes on without position {} by {}: {}", topic, position, request.actor(), request.reason());
        return require(topic);
    }

    @Override
    public TopicState restart(String topic, Request request) {
        TopicState state = require(topic);
        if (state.failure() == null) {
            throw new OperationRefusedException(
                    "topic-gets-on",
                    "Topic '%s' gets on at position %d, so nothing is there to begin again; look at it with 'changeover topics'"
                            .formatted(topic, state.position()));
        }
        DryRun run = request.dryRun();
        if (run != null) {
            run.would("publish from the beginning what is not on the topic", Map.of("topic", topic));
            return state;
        }
        ledger.restart(topic);
        LOG.info("Topic {} begins again, by {}", topic, request.actor());
        return require(topic);
    }

    private TopicState require(String topic) {
        return ledger.topic(topic)
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-topic",
                        "No topic of this application is called '%s'; list them with 'changeover topics'"
                                .formatted(topic.length() <= 200 ? topic : topic.substring(0, 200) + "...")));
    }
}
