package io.changeover.mirror;

import io.changeover.mirror.CarriedEvent.NoEventException;
import io.changeover.mirror.MirrorStore.TakenOverException;
import io.changeover.projection.DaemonThreads;
import io.changeover.projection.ProjectionStore;
import io.changeover.publish.TopicMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the partitions of a topic that fall to this node into its database. The consumer group spreads them over the nodes;
 * how far each is, the database says, in the transactions of the events themselves, and never the group: a node that was
 * taken for dead and wakes up finds that its partition has moved on, and writes nothing. So each event is here once,
 * whatever ends when. Whatever fails is answered by beginning again from what the database says.
 *
 * <p>One thread asks the brokers and reads what they send, another writes; so while one batch is written the next is read.
 */
public final class TopicMirror implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicMirror.class);

    /** Who waits for a minute, as by default, says so late that nobody answers. */
    private static final Duration BROKERS_WITHIN = Duration.ofSeconds(15);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    /** How often a node that gets on looks whether the database has what another one said and does not say any more. */
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Marks that one transaction keeps; between them nothing is known, so there are some even when many come at once. */
    private static final int MOST_MARKS = 16;

    private final MirrorOptions options;
    private final MirrorStore store;
    private final @Nullable MirrorSeed seed;
    private final String marks;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final Thread thread;
    private final ExecutorService writer;
    private @Nullable Future<?> writing;
    private volatile boolean closed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> running;
    private volatile @Nullable String failure;
    private @Nullable RuntimeException last;
    private long heard = System.nanoTime();
    private long forgot = System.nanoTime() - FORGET_NANOS;

    /**
     * A mirror that carries nothing before {@link #start}.
     *
     * @param node name of this node
     * @param store database of the views, whose table is that of the carried events
     * @param seed the origin's store, with which an empty database begins, or null to begin with the topic's beginning
     */
    public TopicMirror(MirrorOptions options, String node, ProjectionStore store, @Nullable MirrorSeed seed) {
        this.options = options;
        this.seed = seed;
        this.store = new MirrorStore(options.topic(), node, store);
        this.marks = TopicMark.topicOf(options.topic());
        this.thread = new Thread(this::run, "changeover-mirror-" + options.topic());
        this.thread.setDaemon(true);
        this.writer = Executors.newSingleThreadExecutor(new DaemonThreads("changeover-mirror-writer"));
    }

    /** Has the listener called after each transaction that wrote something, on the writing thread; it must only wake others. */
    public void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** Begins to carry. To be called once. */
    public void start() {
        thread.start();
    }

    /** Why this node does not get on, with what to do; null when it does. */
    public @Nullable String failure() {
        return failure;
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (WakeupException e) {
                // so it is closed
            } catch (TakenOverException e) {
                LOG.info("Begins again from what the database says, as {}", e.getMessage());
            } catch (RuntimeException e) {
                failed(e);
                pause();
            }
        }
    }

    private void failed(RuntimeException e) {
        String why = String.valueOf(e.getMessage());
        if (!closed && !isKnown(e)) {
            LOG.error("Topic {} is not carried on; nothing is lost, and it is tried again", options.topic(), e);
        }
        last = e;
        failure = why;
        try {
            if (e instanceof PoisonedRecordException poisoned) {
                store.failed(why, poisoned.in(), poisoned.offset());
            } else {
                store.failed(why, null, 0);
            }
        } catch (RuntimeException away) {
            LOG.debug("That topic {} is not carried on could not be written", options.topic(), away);
        }
    }

    /** Whether that is what was said last, be it that it has gone on for longer. */
    private boolean isKnown(RuntimeException e) {
        return (e instanceof SilentBrokersException && last instanceof SilentBrokersException)
                || String.valueOf(e.getMessage()).equals(failure);
    }

    private void wentOn(Map<TopicPartition, Long> reached) {
        heard = System.nanoTime();
        if (failure != null && !waits(reached)) {
            store.failed(null, null, 0);
            LOG.info("Topic {} is carried on again", options.topic());
            failure = null;
            last = null;
        }
        if (heard - forgot >= FORGET_NANOS) {
            store.forget(BROKERS_WITHIN.plus(options.retryInterval()).multipliedBy(4));
            forgot = heard;
        }
    }

    /** Whether the record that could not be carried is still to be: beginning again alone is not to get past it. */
    private boolean waits(Map<TopicPartition, Long> reached) {
        return last instanceof PoisonedRecordException poisoned
                && (reached.isEmpty() || reached.getOrDefault(poisoned.in(), Long.MAX_VALUE) <= poisoned.offset());
    }

    private void follow() {
        TopicDescription description = describe(BROKERS_WITHIN);
        String identifier = description.topicId().toString();
        store.begin(identifier, description.partitions().size());
        if (seed != null && store.isUntouched() && !begin(seed, identifier)) {
            pause();
            return;
        }
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            running = consumer;
            Map<TopicPartition, Long> reached = new HashMap<>();
            BrokerSilence silence = new BrokerSilence(consumer, new TopicPartition(marks, 0));
            writing = null; // what became of it, the database says
            consumer.subscribe(List.of(options.topic(), marks), new Assignment(consumer, reached));
            while (!closed) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(options.pollInterval());
                carry(identifier, consumer, polled, reached);
                Set<TopicPartition> silent = silence.look(reached.keySet(), polled.partitions());
                if (silent.isEmpty() && isWritten()) {
                    wentOn(reached);
                } else if (!silent.isEmpty()) {
                    // The consumer stays: its place in the group, and what it has asked for, are there when they
                    // answer.
                    failed(silent(silent, silence.longest(silent)));
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw missing(e);
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            throw new SilentBrokersException(options, sinceHeard(), Set.of(), e);
        } catch (KafkaException e) {
            // So the consumer tells what the listener to its partitions has thrown.
            throw e.getCause() instanceof RuntimeException thrown && !(thrown instanceof KafkaException) ? thrown : e;
        } finally {
            running = null;
            awaitEndOfWriting();
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    /** Begins with the origin's store up to where the latest mark says that the topic is; false to look again. */
    private boolean begin(MirrorSeed from, String identifier) {
        TopicMark mark = latest(identifier);
        if (mark == null) {
            return true; // nothing was published yet, so the topic has its beginning
        }
        LOG.info(
                "The mirror of topic {} begins with the origin's store up to position {}",
                options.topic(),
                mark.position());
        if (!store.seed(from, mark)) {
            return false;
        }
        LOG.info("The mirror of topic {} goes on with the topic after position {}", options.topic(), mark.position());
        listeners.forEach(Runnable::run);
        return true;
    }

    private @Nullable TopicMark latest(String identifier) {
        Map<String, Object> settings = settings();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            TopicPartition partition = new TopicPartition(marks, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition), BROKERS_WITHIN).getOrDefault(partition, 0L);
            List<TopicMark> told = new ArrayList<>();
            long until = System.nanoTime() + BROKERS_WITHIN.toNanos();
            while (consumer.position(partition, BROKERS_WITHIN) < end) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(options.pollInterval());
                polled.forEach(record -> mark(record, identifier, told));
                if (!polled.isEmpty()) {
                    until = System.nanoTime() + BROKERS_WITHIN.toNanos();
                } else if (System.nanoTime() > until) {
                    throw new SilentBrokersException(options, sinceHeard(), Set.of(partition), null);
                }
            }
            return told.isEmpty() ? null : told.get(told.size() - 1);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    /** @throws MirrorRefusedException when they are silent about the partitions because the topic is gone */
    private SilentBrokersException silent(Set<TopicPartition> partitions, Duration time) {
        try {
            var unused = describe(BrokerSilence.ANSWER_WITHIN);
        } catch (KafkaException e) {
            LOG.debug("Brokers of topic {} do not say either what it is", options.topic(), e);
        }
        return new SilentBrokersException(options, time, partitions, null);
    }

    private Duration sinceHeard() {
        return Duration.ofNanos(System.nanoTime() - heard);
    }

    private MirrorRefusedException missing(OffsetOutOfRangeException e) {
        return new MirrorRefusedException(
                options.topic(),
                "the brokers do not have the records from offset %s on, so events would be missed; have the topic keep its records (retention.ms -1) and publish it again from the beginning, then 'changeover mirror restart'; an empty database can begin with the origin's store (changeover.mirror.seed.url)"
                        .formatted(e.offsetOutOfRangePartitions()));
    }

    private void carry(
            String identifier,
            KafkaConsumer<byte[], byte[]> consumer,
            ConsumerRecords<byte[], byte[]> polled,
            Map<TopicPartition, Long> reached) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        Map<TopicPartition, Long> behind = new HashMap<>();
        List<CarriedEvent> events = new ArrayList<>(polled.count());
        List<TopicMark> told = new ArrayList<>();
        PoisonedRecordException poisoned = null;
        for (TopicPartition partition : List.copyOf(reached.keySet())) {
            long before = reached.getOrDefault(partition, 0L);
            long after = consumer.position(partition);
            try {
                for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
                    if (partition.topic().equals(marks)) {
                        mark(record, identifier, told);
                    } else {
                        take(record, events);
                    }
                }
            } catch (PoisonedRecordException e) {
                poisoned = e;
                after = e.offset();
            }
            if (after != before) {
                from.put(partition, before);
                next.put(partition, after);
                behind.put(partition, consumer.currentLag(partition).orElse(0));
            }
        }
        MirrorBatch batch = new MirrorBatch(from, next, behind, events, some(told));
        settle();
        if (!batch.isEmpty()) {
            writing = writer.submit(() -> {
                store.write(batch);
                listeners.forEach(Runnable::run);
            });
            reached.putAll(next);
        }
        if (poisoned != null) {
            settle();
            throw poisoned;
        }
    }

    /** Waits until what is being written is committed, and throws what it failed of. */
    private void settle() {
        Future<?> begun = writing;
        writing = null;
        if (begun == null) {
            return;
        }
        try {
            begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            throw new KafkaException("interrupted", e);
        }
    }

    /** Whether all that was taken is committed, as far as is known yet. */
    private boolean isWritten() {
        Future<?> begun = writing;
        if (begun != null && begun.isDone()) {
            settle();
        }
        return writing == null;
    }

    /** Nobody may begin again before it is known what the database says; whatever it was that failed has been told. */
    private void awaitEndOfWriting() {
        try {
            settle();
        } catch (RuntimeException e) {
            LOG.debug("What was being written of topic {} has failed too", options.topic(), e);
        }
    }

    /** Who leaves one out knows less, and nothing wrong; so one that is none harms nobody. */
    private static void mark(ConsumerRecord<byte[], byte[]> record, String identifier, List<TopicMark> told) {
        try {
            TopicMark mark = TopicMark.read(record.value());
            if (mark.topic().equals(identifier)) {
                told.add(mark);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("Record {} of topic {} is left out: {}", record.offset(), record.topic(), e.getMessage());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, List<CarriedEvent> events) {
        try {
            events.add(CarriedEvent.of(record));
        } catch (NoEventException e) {
            if (!store.isSkipped(record.partition(), record.offset())) {
                throw new PoisonedRecordException(options.topic(), record.partition(), record.offset(), e.why());
            }
            LOG.warn(
                    "Topic {} is carried on without record {} of partition {}, as was asked",
                    options.topic(),
                    record.offset(),
                    record.partition());
        }
    }

    /** The last one, and some of those before it. */
    private static List<TopicMark> some(List<TopicMark> told) {
        if (told.size() <= MOST_MARKS) {
            return told;
        }
        List<TopicMark> some = new ArrayList<>(MOST_MARKS);
        for (int i = 1; i <= MOST_MARKS; i++) {
            some.add(told.get((int) ((long) told.size() * i / MOST_MARKS) - 1));
        }
        return some;
    }

    private TopicDescription describe(Duration within) {
        Admin admin = Admin.create(options.kafka());
        try {
            return Objects.requireNonNull(admin.describeTopics(List.of(options.topic(), marks))
                    .allTopicNames()
                    .get(within.toMillis(), TimeUnit.MILLISECONDS)
                    .get(options.topic()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new MirrorRefusedException(
                        options.topic(),
                        "the brokers do not have it, or not '%s' beside it; start the application that publishes it, or correct changeover.mirror.topic"
                                .formatted(marks));
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new SilentBrokersException(options, sinceHeard(), Set.of(), e.getCause());
            }
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new SilentBrokersException(options, sinceHeard(), Set.of(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
            throw new KafkaException("interrupted", e);
        } finally {
            admin.close(Duration.ZERO); // or it would wait for the answers that do not come
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(options.kafka());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 32 * 1024 * 1024);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.putAll(options.consumer());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, options.records());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, options.group());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return settings;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(options.retryInterval().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Ends after the transaction at hand. */
    @Override
    public void close() {
        closed = true;
        KafkaConsumer<byte[], byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(CLOSE_WITHIN.multipliedBy(2).toMillis());
            writer.shutdownNow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Partitions begin where the database says. */
    private final class Assignment implements ConsumerRebalanceListener {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Map<TopicPartition, Long> reached;

        Assignment(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> reached) {
            this.consumer = consumer;
            this.reached = reached;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            settle();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, BROKERS_WITHIN);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, BROKERS_WITHIN);
            for (TopicPartition partition : partitions) {
                long next = store.offset(partition);
                long begin = begins.getOrDefault(partition, 0L);
                if (partition.topic().equals(marks)) {
                    // Marks that are gone were followed by later ones; where it was made anew, it begins again.
                    long start = next < begin || next > ends.getOrDefault(partition, 0L) ? begin : next;
                    reached.put(partition, next);
                    consumer.seek(partition, start);
                    continue;
                }
                if (begin > next) {
                    throw missing(new OffsetOutOfRangeException(Map.of(partition, next)));
                }
                reached.put(partition, next);
                consumer.seek(partition, next);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            settle(); // or whoever has them next would begin before it
            partitions.forEach(reached::remove);
        }
    }
}
