package io.changeover.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.changeover.event.StoredEvent;
import io.changeover.trace.TraceParent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Makes records of stored events, in the revisions that a topic promises. */
final class TopicRecords {

    private final Topic topic;
    private final EventReader reader;
    private final ObjectMapper json;

    /** Names, revisions and types are few, and the same with each event. */
    private final Map<String, Header> names = new ConcurrentHashMap<>();

    private final Map<String, Header> revisions = new ConcurrentHashMap<>();
    private final Map<String, Header> types = new ConcurrentHashMap<>();

    TopicRecords(Topic topic, EventReader reader, ObjectMapper json) {
        this.topic = topic;
        this.reader = reader;
        this.json = json;
    }

    /**
     * The records of an event, in order; none where it does not concern the topic's readers.
     *
     * @throws io.changeover.upcast.UnreadableEventException when no way leads to a revision that the topic promises
     */
    List<ProducerRecord<byte[], byte[]>> of(StoredEvent event) {
        if (reader.isOf(event, topic.contract())) {
            return List.of(record(event, event.name(), event.revision(), event.payload(), null));
        }
        List<EventTree> trees = reader.read(event, topic.contract());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(trees.size());
        for (int part = 0; part < trees.size(); part++) {
            EventTree tree = trees.get(part);
            records.add(record(
                    event,
                    tree.name(),
                    tree.revision(),
                    json.writeValueAsBytes(tree.payload()),
                    trees.size() == 1 ? null : part));
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(
            StoredEvent event, String name, @Nullable String revision, byte[] payload, @Nullable Integer part) {
        List<Header> headers = new ArrayList<>(9);
        headers.add(names.computeIfAbsent(name, unseen -> header(TopicHeaders.NAME, unseen)));
        if (revision != null) {
            headers.add(revisions.computeIfAbsent(revision, unseen -> header(TopicHeaders.REVISION, unseen)));
        }
        headers.add(header(TopicHeaders.POSITION, Long.toString(event.position())));
        headers.add(header(TopicHeaders.ID, event.eventId()));
        headers.add(header(TopicHeaders.TIME, event.time().toString()));
        if (event.aggregateType() != null) {
            headers.add(types.computeIfAbsent(
                    event.aggregateType(), unseen -> header(TopicHeaders.AGGREGATE_TYPE, unseen)));
        }
        headers.add(header(TopicHeaders.SEQUENCE, Long.toString(event.sequence())));
        if (part != null) {
            headers.add(header(TopicHeaders.PART, part.toString()));
        }
        TraceParent trace = TraceParent.in(event.metadata());
        if (trace != null) {
            headers.add(header(TopicHeaders.TRACE, trace.header()));
        }
        return new ProducerRecord<>(
                topic.name(),
                null,
                Math.max(0, event.time().toEpochMilli()),
                event.aggregateId().getBytes(UTF_8),
                payload,
                headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
