package io.changeover.publish;

import io.changeover.projection.ProjectionStore;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All topics that this application publishes, each by one node at a time. Safe for use by several threads.
 */
public final class Publishing implements AutoCloseable {

    private final List<TopicPublisher> publishers;

    /**
     * Topics that are not published before {@link #start}.
     *
     * @param topics the topics, each of another name
     * @throws TopicRefusedException when events of a known revision would not reach one that a topic promises
     * @throws IllegalArgumentException when two topics have one name
     */
    public Publishing(
            List<Topic> topics,
            OrderedStream stream,
            EventReader reader,
            EventSteps steps,
            ProjectionStore store,
            PublishOptions options) {
        List<TopicPublisher> all = new ArrayList<>();
        for (Topic topic : topics) {
            if (all.stream().anyMatch(other -> other.topic().name().equals(topic.name()))) {
                throw new IllegalArgumentException(
                        "Topic '%s' is declared twice, and its events would be on it twice; remove one"
                                .formatted(topic.name()));
            }
            List<String> problems = TopicCheck.problems(topic, steps);
            if (!problems.isEmpty()) {
                throw new TopicRefusedException(topic.name(), problems);
            }
            all.add(new TopicPublisher(
                    topic,
                    stream,
                    new TopicRecords(topic, reader, store.json()),
                    TopicCheck.storedNames(topic, steps),
                    new TopicProgress(topic.name(), store),
                    options));
        }
        all.sort(Comparator.comparing(each -> each.topic().name()));
        this.publishers = List.copyOf(all);
    }

    /** Begins to publish, where no other node does. To be called once. */
    public void start() {
        publishers.forEach(TopicPublisher::start);
    }

    /** Says that something was committed just now. Cheap; to be called after the commit, from any thread. */
    public void wake() {
        publishers.forEach(TopicPublisher::wake);
    }

    /** How each topic stands as this node sees it, by name. */
    public List<TopicStatus> status() {
        return publishers.stream()
                .map(each -> new TopicStatus(each.topic(), each.isPublishing(), each.position(), each.failure()))
                .toList();
    }

    /** Ends after the transactions at hand. */
    @Override
    public void close() {
        publishers.forEach(TopicPublisher::close);
    }
}
