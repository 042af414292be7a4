package io.changeover.operation;

import io.changeover.publish.TopicState;
import java.util.List;

/** The verbs about topics that this application publishes. */
public interface TopicOperations {

    /** All declared topics by name. */
    List<TopicState> topics();

    /**
     * Has a topic go on without the event that it waits at.
     *
     * @param position position of the event
     * @param request who asks; must have a reason
     * @throws OperationRefusedException when the topic is not declared or does not wait at that event, or no reason is given
     */
    TopicState skip(String topic, long position, Request request);

    /**
     * Has a topic that the brokers have lost, or that was made anew, published again from the beginning. What is on it is not
     * put on it again.
     *
     * @throws OperationRefusedException when the topic is not declared, or gets on
     */
    TopicState restart(String topic, Request request);
}
