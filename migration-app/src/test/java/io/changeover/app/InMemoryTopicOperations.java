package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.TopicOperations;
import io.changeover.publish.TopicState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Of two topics one gets on and one waits at an event until it is left out. */
public final class InMemoryTopicOperations implements TopicOperations {

    private static final String POISON =
            "The event at position 1100 cannot be put on topic 'orders.v1', and those after it wait: no way down";

    /** Every change in order, as {@code verb topic position actor reason}. */
    public final List<String> requests = new ArrayList<>();

    private boolean waits = true;

    /** Forgets what was asked. */
    public void reset() {
        requests.clear();
        waits = true;
    }

    @Override
    public List<TopicState> topics() {
        return List.of(
                new TopicState(
                        "orders.v1",
                        List.of("order.placed@1"),
                        List.of("billing"),
                        12,
                        Instant.parse("2027-06-30T00:00:00Z"),
                        1_099,
                        101,
                        "node-1",
                        waits ? POISON : null,
                        waits ? 0 : 1),
                new TopicState(
                        "orders.v2", List.of("order.placed@3"), List.of(), 12, null, 1_200, 0, "node-2", null, 0));
    }

    @Override
    public TopicState skip(String topic, long position, Request request) {
        requests.add("skip %s %d %s %s".formatted(topic, position, request.actor(), request.reason()));
        return decided(topic);
    }

    @Override
    public TopicState restart(String topic, Request request) {
        requests.add("restart %s %s %s".formatted(topic, request.actor(), request.reason()));
        return decided(topic);
    }

    private TopicState decided(String topic) {
        if (!topic.equals("orders.v1")) {
            throw new OperationRefusedException("topic-gets-on", "Topic '%s' gets on".formatted(topic));
        }
        waits = false;
        return topics().get(0);
    }
}
