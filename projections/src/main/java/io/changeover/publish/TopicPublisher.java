package io.changeover.publish;

import io.changeover.event.StoredEvent;
import io.changeover.stream.News;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.upcast.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes one topic, as long as this node has the claim on it.
 *
 * <p>Each event is there once: a transaction of the brokers holds the records of one stretch of positions, so the last
 * committed record says exactly how far the topic is, whatever the token store knows of it. Whoever takes the topic over
 * first shuts out the one before, by {@code initTransactions} under the topic's own transactional id, which also ends a
 * transaction that was left open; and only then looks how far it is. Whatever fails, also with an outcome that is not
 * known, is answered by doing just that again.
 */
final class TopicPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicPublisher.class);

    /** A token store takes a claim to be lost after ten. */
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Topic topic;
    private final OrderedStream stream;
    private final TopicRecords records;
    private final Set<String> names;
    private final TopicProgress progress;
    private final PublishOptions options;
    private final News news = new News(News.APART);
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean publishing;
    private volatile long position;
    private volatile @Nullable String failure;
    private boolean toldOfSuccess;

    TopicPublisher(
            Topic topic,
            OrderedStream stream,
            TopicRecords records,
            Set<String> names,
            TopicProgress progress,
            PublishOptions options) {
        this.topic = topic;
        this.stream = stream;
        this.records = records;
        this.names = names;
        this.progress = progress;
        this.options = options;
        this.thread = new Thread(this::run, "changeover-topic-" + topic.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        news.tell();
    }

    Topic topic() {
        return topic;
    }

    /** Whether this node has the claim and gets on. */
    boolean isPublishing() {
        return publishing;
    }

    /** Position up to which this node knows everything to be on the topic; 0 where it has not published yet. */
    long position() {
        return position;
    }

    /** Why it does not get on, or null. */
    @Nullable
    String failure() {
        return failure;
    }

    private void run() {
        while (!closed) {
            try {
                if (progress.claim()) {
                    publish();
                } else {
                    await(options.claimInterval());
                }
            } catch (UnableToClaimTokenException e) {
                LOG.info("Topic {} is published by another node now", topic.name());
            } catch (RuntimeException e) {
                failed(e);
                await(options.retryInterval());
            } finally {
                publishing = false;
            }
        }
        try {
            progress.release();
        } catch (RuntimeException e) {
            LOG.debug("The claim on topic {} was not given back; it lapses by itself", topic.name(), e);
        }
    }

    private void failed(RuntimeException e) {
        String why = e instanceof TimeoutException
                ? "The brokers at '%s' have not done in time what they were asked: %s. Nothing is lost; mend the brokers, or the way to them, and it goes on by itself"
                        .formatted(options.kafka().get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG), e.getMessage())
                : String.valueOf(e.getMessage());
        if (!closed && !why.equals(failure)) {
            LOG.error("Topic {} does not get on; nothing is lost, and it is tried again", topic.name(), e);
        }
        failure = why;
        try {
            progress.failed(why, e instanceof PoisonedTopicException poisoned ? poisoned.position() : null);
        } catch (RuntimeException away) {
            LOG.debug("That topic {} does not get on could not be written", topic.name(), away);
        }
    }

    /** Also what another node said, or this one in an earlier life, is over once the one that has the claim gets on. */
    private void wentOn() {
        if (failure != null || !toldOfSuccess) {
            progress.failed(null, null);
            failure = null;
            toldOfSuccess = true;
        }
    }

    private void publish() {
        toldOfSuccess = false;
        String identifier = TopicSetup.require(topic, options.kafka(), progress.identifier());
        progress.remember(identifier);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
        try (PagesAhead pages = new PagesAhead(topic.name(), this::batch)) {
            progress.keep();
            producer.initTransactions();
            Keeping keeping = new Keeping(progress);
            TopicTail.Tail tail = TopicTail.of(topic.name(), options.kafka(), keeping);
            TopicTransactions transactions = new TopicTransactions(topic.name(), identifier, producer, tail.offsets());
            long reached = Math.max(progress.position(), tail.position());
            long kept = System.nanoTime();
            while (!closed) {
                position = reached;
                publishing = true;
                TopicBatch batch = pages.after(reached);
                if (batch.poison() != null) {
                    // What comes before an event that cannot be sent is sent.
                    transactions.commit(batch.records(), batch.position());
                    progress.store(batch.position());
                    position = batch.position();
                    throw new PoisonedTopicException(topic.name(), batch.poisonedAt(), batch.poison());
                }
                if (batch.position() > reached) {
                    if (batch.full()) {
                        pages.begin(batch.position());
                    }
                    transactions.commit(batch.records(), batch.position());
                    reached = batch.position();
                    progress.store(reached);
                    kept = System.nanoTime();
                    wentOn();
                } else {
                    await(options.pollInterval());
                    if (System.nanoTime() - kept > KEEP_NANOS) {
                        progress.keep();
                        kept = System.nanoTime();
                        wentOn();
                    }
                }
            }
        } finally {
            producer.close(CLOSE_WITHIN);
        }
    }

    /** Keeps the claim while something else takes long; another node would shut this one out, and be shut out by it again. */
    private static final class Keeping implements Runnable {

        private final TopicProgress progress;
        private long kept = System.nanoTime() - KEEP_NANOS;

        Keeping(TopicProgress progress) {
            this.progress = progress;
        }

        @Override
        public void run() {
            if (System.nanoTime() - kept > KEEP_NANOS) {
                progress.keep();
                kept = System.nanoTime();
            }
        }
    }

    /** The records of what comes after the position, as far as they can be made. */
    private TopicBatch batch(long after) {
        Page page = stream.read(after, options.events(), names);
        List<ProducerRecord<byte[], byte[]>> made =
                new ArrayList<>(page.events().size());
        long reached = after;
        for (StoredEvent event : page.events()) {
            try {
                made.addAll(records.of(event));
            } catch (UnreadableEventException e) {
                if (!progress.isSkipped(event.position())) {
                    return new TopicBatch(made, reached, false, e, event.position());
                }
                LOG.warn(
                        "Topic {} goes on without the event at position {}, as was asked",
                        topic.name(),
                        event.position());
            }
            reached = event.position();
        }
        return new TopicBatch(made, page.position(), page.events().size() == options.events(), null, 0);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(options.kafka());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // Who waits for two minutes, as by default, says so late that a topic is gone or the brokers do not answer.
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        settings.putAll(options.producer());
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "changeover." + topic.name());
        return settings;
    }

    private void await(Duration time) {
        try {
            var unused = news.await(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Ends after the transaction at hand. */
    @Override
    public void close() {
        closed = true;
        news.tell();
        try {
            thread.join(CLOSE_WITHIN.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
