package io.changeover.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Commits records together with the mark that says how far the topic is with them. Not safe for use by several threads. */
final class TopicTransactions {

    /** The same for all, so that the brokers may drop all but the last. */
    private static final byte[] MARK_KEY = {'m', 'a', 'r', 'k'};

    private final String identifier;
    private final String marks;
    private final Producer<byte[], byte[]> producer;
    private final long[] ends;

    /**
     * @param identifier what the brokers call the topic
     * @param ends offset after the last record of each partition; kept up to date here
     */
    TopicTransactions(String topic, String identifier, Producer<byte[], byte[]> producer, long[] ends) {
        this.identifier = identifier;
        this.marks = TopicMark.topicOf(topic);
        this.producer = producer;
        this.ends = ends.clone();
    }

    /**
     * Commits the records.
     *
     * @param position position up to which everything is on the topic once they are
     * @throws KafkaException when it is not known whether they are; the producer is of no use any more
     */
    void commit(List<ProducerRecord<byte[], byte[]>> records, long position) {
        if (records.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<byte[], byte[]> each : records) {
            sent.add(producer.send(each));
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            RecordMetadata at = result(each);
            ends[at.partition()] = Math.max(ends[at.partition()], at.offset() + 1);
        }
        var unused = producer.send(new ProducerRecord<>(
                marks,
                MARK_KEY.clone(),
                TopicMark.of(identifier, position, ends).written())); // what fails is told by the commit
        producer.commitTransaction();
    }

    private static RecordMetadata result(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
