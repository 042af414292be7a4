package io.changeover.publish;

import io.changeover.projection.ProjectionStore;
import io.changeover.stream.OrderedStream;
import io.changeover.upcast.Revision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The declared topics as the database has them, and what a person decides about them. Safe for use by several threads. */
public final class TopicLedger {

    private final List<Topic> topics;
    private final OrderedStream stream;
    private final ProjectionStore store;

    /** The ledger of these topics. */
    public TopicLedger(List<Topic> topics, OrderedStream stream, ProjectionStore store) {
        this.topics = topics.stream().sorted(Comparator.comparing(Topic::name)).toList();
        this.stream = stream;
        this.store = store;
    }

    /** All declared topics by name. */
    public List<TopicState> topics() {
        long head = topics.isEmpty() ? 0 : stream.horizon();
        return topics.stream().map(topic -> state(topic, head)).toList();
    }

    /** The topic of that name, if it is declared. */
    public Optional<TopicState> topic(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .map(topic -> state(topic, stream.horizon()));
    }

    private TopicState state(Topic topic, long head) {
        TopicProgress progress = new TopicProgress(topic.name(), store);
        long position = progress.kept();
        return new TopicState(
                topic.name(),
                topic.contract().revisions().stream()
                        .map(Revision::toString)
                        .sorted()
                        .toList(),
                topic.consumers(),
                topic.partitions(),
                topic.sunset(),
                position,
                Math.max(0, head - position),
                progress.publisher(),
                progress.failure(),
                progress.skips());
    }

    /** Whether the topic waits at the event. */
    public boolean waitsAt(String name, long position) {
        return new TopicProgress(name, store).waitsAt(position);
    }

    /** Has the topic go on without the event; once is enough. */
    public void skip(String name, long position, String actor, String reason) {
        new TopicProgress(name, store).skip(position, actor, reason);
    }

    /**
     * Has the topic taken for one that was never published to: events that it does not hold are put on it from the beginning.
     * Those that are on it are not put on it again, since it says itself how far it is.
     */
    public void restart(String name) {
        new TopicProgress(name, store).restart();
    }
}
