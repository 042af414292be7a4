package io.changeover.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.explain.Explanation;
import io.changeover.ledger.LedgerDomain;
import io.changeover.ledger.LedgerNode;
import io.changeover.ledger.LedgerStore;
import io.changeover.operation.MirrorOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.operation.RowOperations;
import io.changeover.operation.TopicOperations;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.publish.Topic;
import io.changeover.repair.RepairTarget;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.CutProxy;
import io.changeover.testkit.TestBroker;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.testkit.TopicReader;
import io.changeover.upcast.Revision;
import io.changeover.view.Canonical;
import io.changeover.view.ForeignView;
import io.changeover.view.Key;
import io.changeover.view.VersionId;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A ledger that publishes a topic, and nodes on another database whose views follow that topic. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MirroredLedgerTest {

    private static final Request ANN = new Request("ann", "a test wrote it");
    private static final int PARTITIONS = 3;
    private static final int ROUNDS = 2;
    private static final long WRITER_PAUSE = 5_000_000;

    /** The name of each test's topic, and the database to which it is carried: where a bean finds them. */
    private static String topicName = "";

    private static DataSource mirrored = new PGSimpleDataSource();

    private final TestDatabase origin = TestDatabase.withStore();
    private final TestDatabase other = TestDatabase.withStore();
    private LedgerStore ledger;

    /** Declares the topic, and the table in the other database as a version of the view. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Origin {

        @Bean
        Topic ledgerTopic() {
            return topic();
        }

        @Bean(defaultCandidate = false, destroyMethod = "")
        DataSource mirror() {
            return mirrored;
        }
    }

    /** The rows that the other database has of version 1. */
    @ForeignView(
            name = "balance",
            version = 9,
            query = "select account, owner, cents, credits from views.balance_v1",
            position =
                    "select (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint from public.token_entry where processor_name = 'balance@1'",
            dataSource = "mirror")
    static class MirroredBalance {

        record Row(@Key String account, String owner, long cents, int credits) {}

        @Canonical
        LedgerDomain.Balance balance(Row row) {
            return new LedgerDomain.Balance(row.account(), row.owner(), row.cents(), row.credits());
        }
    }

    private static Topic topic() {
        return Topic.of(
                        topicName,
                        Revision.of("account.opened", 1),
                        Revision.of("account.credited", 2),
                        Revision.of("account.closed", 1))
                .inPartitions(PARTITIONS)
                .replicated(1);
    }

    @BeforeEach
    void name() {
        topicName = "ledger." + UUID.randomUUID();
        mirrored = other.dataSource();
        ledger = new LedgerStore(origin);
    }

    @AfterEach
    void drop() throws Exception {
        origin.close();
        other.close();
        try (Admin admin = admin()) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestBroker.servers()));
    }

    private TestNode publisher() {
        return publisher(Map.of());
    }

    private TestNode publisher(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "changeover.publish.kafka.bootstrap.servers", TestBroker.servers(),
                "changeover.publish.events", "7",
                "changeover.publish.retry-interval", "20ms"));
        settings.putAll(more);
        return LedgerNode.start(origin, settings, LedgerDomain.WithStep.class, Origin.class);
    }

    private TestNode follower(String name) {
        return follower(name, Map.of());
    }

    private TestNode follower(String name, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "changeover.node-id",
                name,
                "changeover.mirror.topic",
                topicName,
                "changeover.mirror.records",
                "5",
                "changeover.mirror.retry-interval",
                "20ms",
                "changeover.mirror.kafka.bootstrap.servers",
                TestBroker.servers()));
        settings.put("changeover.mirror.consumer.heartbeat.interval.ms", "500");
        settings.put("changeover.mirror.consumer.session.timeout.ms", "6000");
        settings.putAll(more);
        return LedgerNode.start(other, settings, LedgerDomain.WithStep.class);
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            ledger.opened("a-" + i);
            ledger.credited("a-" + i, i);
            ledger.creditedAsOfOld("a-" + i, "a-" + i, 1);
            if (i % 5 == 0) {
                ledger.closed("a-" + i);
            }
        }
    }

    private ParityReport compare(TestNode node) {
        return node.get(ParityCheck.class).run(VersionId.parse("balance@1"), VersionId.parse("balance@9"));
    }

    /** Events of accounts in a database, each with everything that a view could see of it. */
    static String events(TestDatabase database, String table) {
        return database.value(
                """
                select count(*) || ' ' || md5(string_agg(concat_ws('|', global_index, event_identifier, type, aggregate_identifier,
                    sequence_number, payload_type, time_stamp::timestamptz), E'\\n' order by global_index))
                from %s where type = 'Account'"""
                        .formatted(table));
    }

    private void awaitCarried(TestNode node) {
        long last =
                Long.parseLong(origin.value("select max(global_index) from domain_event_entry where type = 'Account'"));
        TestNode.await(() -> node.get(MirrorOperations.class).mirror().position() >= last);
    }

    @Test
    void a_view_that_is_fed_by_a_topic_equals_the_one_that_is_fed_by_the_store() {
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            publishing.awaitCaughtUp("balance@1"); // the tables that are compared are made when they are begun
            following.awaitCaughtUp("balance@1");
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(0, 60));
            int comparisons = 0;
            while (!writer.isDone() || comparisons == 0) {
                assertThat(compare(publishing).verdict().toString()).isNotEqualTo("DIFFERENT");
                comparisons++;
            }
            var unused = writer.join();
            awaitCarried(following);
            following.awaitCaughtUp("balance@1");
            publishing.awaitCaughtUp("balance@1");
            ParityReport report = compare(publishing);
            assertThat(report.verdict().toString()).isEqualTo("EQUAL");
            assertThat(report.equal()).isEqualTo(48);
            assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
            assertThat(publishing.get(TopicOperations.class).topics())
                    .singleElement()
                    .satisfies(state -> assertThat(state.failure()).isNull());

            // A later version is built from what was carried, as from a store.
            following.operations().declare("balance", 2, ANN);
            following.backfill("balance");
            following.awaitCaughtUp("balance@2");
            assertThat(following
                            .get(ParityCheck.class)
                            .run(VersionId.parse("balance@1"), VersionId.parse("balance@2"))
                            .verdict()
                            .toString())
                    .isEqualTo("EQUAL");

            assertThatThrownBy(() -> following
                            .get(EventStore.class)
                            .publish(new GenericDomainEventMessage<>(
                                    "Account", "a-1", 9, new LedgerDomain.Closed("a-1"))))
                    .hasMessageContaining(
                            "cannot be appended here, because the views of this application follow topic '%s'"
                                    .formatted(topicName));
        }
    }

    @Test
    void readers_are_moved_and_rows_explained_and_mended_as_where_the_events_are_written() {
        VersionId first = VersionId.parse("balance@1");
        VersionId second = VersionId.parse("balance@2");
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            write(0, 10);
            awaitCarried(following);
            Operations operations = following.operations();
            operations.declare("balance", 2, ANN);
            following.backfill("balance");
            assertThat(operations.verify("balance", ANN).verdict()).isEqualTo(Verdict.EQUAL);
            assertThat(operations.shift("balance", 50, ANN).percent()).isEqualTo(50);

            write(10, 20);
            awaitCarried(following);
            following.awaitCaughtUp("balance@1");
            following.awaitCaughtUp("balance@2");
            other.run("update views.balance_v2 set amount = amount + 1 where account = 'a-17'");
            assertThat(following.get(ReconciliationOperations.class).reconcile("balance", true, ANN))
                    .singleElement()
                    .satisfies(drift -> {
                        assertThat(drift.rows()).isEqualTo(1);
                        assertThat(drift.listed()).singleElement().asString().contains("a-17");
                    });
            RowOperations rows = following.get(RowOperations.class);
            Explanation explained = rows.explain("balance", List.of("a-17"), null, null);
            assertThat(explained.left().stored()).isEqualTo("as-folded");
            assertThat(explained.right().stored()).isEqualTo("changed");
            assertThat(explained.right().fields()).containsExactly("amount");
            assertThat(explained.events())
                    .extracting(Explanation.Event::name)
                    .containsExactly("account.opened", "account.credited", "account.credited");
            assertThat(rows.repair(second, new RepairTarget.DifferingFrom(first), false, ANN)
                            .repaired())
                    .isEqualTo(1);
            assertThat(operations.verify("balance", ANN).verdict()).isEqualTo(Verdict.EQUAL);

            assertThat(operations.shift("balance", 100, ANN).percent()).isEqualTo(100);
            assertThat(operations.rollBack("balance", ANN).percent()).isZero();
            assertThat(operations.shift("balance", 100, ANN).percent()).isEqualTo(100);
            assertThat(publishing.get(TopicOperations.class).topics().get(0).failure())
                    .isNull();
        }
    }

    @Test
    void a_database_can_begin_with_the_origins_store_where_the_topics_beginning_is_gone() throws Exception {
        Map<String, String> seed = Map.of(
                "changeover.mirror.seed.url", origin.url(),
                "changeover.mirror.seed.username", origin.user(),
                "changeover.mirror.seed.password", origin.password());
        try (TestNode publishing = publisher()) {
            write(0, 20);
            TestNode.await(
                    () -> publishing.get(TopicOperations.class).topics().get(0).behind() == 0);
            removeRecords();
            write(20, 30);
            try (TestNode first = follower("first", seed);
                    TestNode second = follower("second", seed)) {
                write(30, 40);
                awaitCarried(first);
                awaitCarried(second);
                first.awaitCaughtUp("balance@1");
                publishing.awaitCaughtUp("balance@1");
                assertThat(compare(publishing).verdict().toString()).isEqualTo("EQUAL");
                assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
            }
        }
    }

    /** All that is there now, but the last mark of a transaction of each partition. */
    private static void removeRecords() throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(new TopicPartition(topicName, partition), OffsetSpec.latest());
            }
            Map<TopicPartition, RecordsToDelete> gone = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, end) ->
                            gone.put(partition, RecordsToDelete.beforeOffset(Math.max(0, end.offset() - 1))));
            admin.deleteRecords(gone).all().get();
        }
    }

    @Test
    void what_is_said_to_be_complete_is_whichever_nodes_carry_which_partitions() {
        AtomicBoolean enough = new AtomicBoolean();
        try (TestNode publishing = publisher();
                TestNode first = follower("first")) {
            write(0, 5);
            awaitCarried(first);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 5; !enough.get(); i++) {
                    write(i, i + 1);
                    LockSupport.parkNanos(WRITER_PAUSE); // else nobody ever catches up
                }
            });
            OrderedStream seen = first.get(OrderedStream.class);
            for (int round = 0; round < ROUNDS; round++) {
                String name = "second-" + round;
                try (TestNode second = follower(name)) {
                    TestNode.await(() -> {
                        assertComplete(seen.horizon());
                        assertComplete(second.get(OrderedStream.class).horizon());
                        return !other.value("select count(*) from changeover.mirror_partition where node = '%s'"
                                        .formatted(name))
                                .equals("0");
                    });
                }
                assertComplete(seen.horizon());
            }
            enough.set(true);
            var unused = writer.join();
            awaitCarried(first);
            assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
            assertThat(publishing.get(TopicOperations.class).topics().get(0).failure())
                    .isNull();
        } finally {
            enough.set(true);
        }
    }

    private void assertComplete(long position) {
        String counted = "select count(*) from %s where type = 'Account' and global_index <= " + position;
        assertThat(other.value(counted.formatted("changeover.mirrored_event")))
                .isEqualTo(origin.value(counted.formatted("domain_event_entry")));
    }

    @Test
    void databases_that_are_cut_off_cost_no_event() throws IOException {
        try (CutProxy toOrigin = proxy(origin);
                CutProxy toOther = proxy(other);
                TestNode publishing = publisher(through(toOrigin, origin));
                TestNode following = follower("following", through(toOther, other))) {
            write(0, 10);
            awaitCarried(following);
            int written = 10;
            for (CutProxy cut : List.of(toOrigin, toOther, toOrigin, toOther)) {
                cut.cut();
                write(written, written + 10);
                cut.sever();
                write(written + 10, written + 20);
                written += 20;
                cut.mend();
                // Asked by another way, as what the nodes have of connections may be dead still.
                TestNode.await(
                        () -> events(other, "changeover.mirrored_event").equals(events(origin, "domain_event_entry"))
                                && balances(other).equals(balances(origin)));
            }
            assertThat(TopicReader.positions(topicName)).doesNotHaveDuplicates();
            assertThat(publishing.get(Topic.class).name()).isEqualTo(topicName);
        }
    }

    static String balances(TestDatabase database) {
        return database.value(
                "select count(*) || ' ' || md5(string_agg(b::text, E'\\n' order by account)) from views.balance_v1 b");
    }

    private static CutProxy proxy(TestDatabase database) throws IOException {
        return new CutProxy(
                URI.create(database.url().substring("jdbc:".length())).getPort());
    }

    private static Map<String, String> through(CutProxy proxy, TestDatabase database) {
        return Map.of(
                "spring.datasource.url",
                proxy.url(database.url()),
                "spring.datasource.hikari.connection-timeout",
                "2000");
    }

    @Test
    void a_partition_that_another_node_carried_on_is_not_written_by_the_one_before() {
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            write(0, 10);
            awaitCarried(following);
            // As if another node had carried records of each partition that this one has read and not written yet.
            other.run("update changeover.mirror_partition set next_offset = 0 where topic = '%s'".formatted(topicName));
            write(10, 20);
            awaitCarried(following);
            TestNode.await(() -> following.get(MirrorOperations.class).mirror().partitions().stream()
                    .allMatch(partition -> partition.offset() > 0));
            assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
            assertThat(publishing.get(TopicOperations.class).topics().get(0).failure())
                    .isNull();
        }
    }

    @Test
    void a_record_of_somebody_else_holds_the_mirror_up_until_somebody_leaves_it_out() throws Exception {
        long offset;
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            write(0, 5);
            awaitCarried(following);
            offset = write(topicName, "no event").offset();
            var unusedMark = write(topicName + ".marks", "no mark");
            write(5, 10);
            MirrorOperations operations = following.get(MirrorOperations.class);
            TestNode.await(() -> operations.mirror().failure() != null);
            assertThat(operations.mirror().failure())
                    .isEqualTo(
                            "Record %d of partition 0 of topic '%s' cannot be carried, and those after it wait: its header 'event-position' is absent; somebody else writes to the topic. Mend the topic, or leave the record out with 'changeover mirror skip 0 %d'"
                                    .formatted(offset, topicName, offset));
            assertThatThrownBy(() -> operations.skip(1, 0, ANN)).hasMessageContaining("does not wait at record 0 of");
            assertThatThrownBy(() -> operations.skip(0, offset, Request.by("ann")))
                    .hasMessageStartingWith("No reason is given");
            assertThat(operations.skip(0, offset, ANN).skipped()).isEqualTo(1);
            awaitCarried(following);
            TestNode.await(() -> operations.mirror().failure() == null);
            assertThatThrownBy(() -> operations.restart(ANN)).hasMessageContaining("gets on at position");
            assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
            assertThat(publishing.get(TopicOperations.class).topics().get(0).failure())
                    .isNull();
        }
    }

    private static RecordMetadata write(String topic, String value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.servers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, 0, "key".getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    @Test
    void a_topic_that_was_made_anew_is_carried_from_its_beginning_once_somebody_says_so() throws Exception {
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            write(0, 10);
            awaitCarried(following);
            assertThat(publishing.get(TopicOperations.class).topics().get(0).failure())
                    .isNull();
        }
        String before = events(other, "changeover.mirrored_event");
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topicName)).all().get();
        }
        write(10, 12);
        try (TestNode publishing = publisher()) {
            TopicOperations topics = publishing.get(TopicOperations.class);
            TestNode.await(() -> topics.topics().get(0).failure() != null);
            assertThat(topics.restart(topicName, ANN).name()).isEqualTo(topicName);
            TestNode.await(() -> topics.topics().get(0).failure() == null);
            try (TestNode following = follower("following")) {
                MirrorOperations operations = following.get(MirrorOperations.class);
                TestNode.await(() -> operations.mirror().failure() != null);
                assertThat(operations.mirror().failure())
                        .contains("it was removed and made anew since it was carried", "'changeover mirror restart'");
                assertThat(events(other, "changeover.mirrored_event")).isEqualTo(before);
                assertThat(operations.restart(ANN).topic()).isEqualTo(topicName);
                awaitCarried(following);
                assertThat(events(other, "changeover.mirrored_event")).isEqualTo(events(origin, "domain_event_entry"));
                following.awaitCaughtUp("balance@1");
            }
        }
    }

    @Test
    void a_database_whose_views_have_begun_with_one_source_of_events_does_not_go_on_with_another() {
        try (TestNode publishing = publisher()) {
            write(0, 3);
            try (TestNode following = follower("following")) {
                awaitCarried(following);
                following.awaitCaughtUp("balance@1");
            }
            assertThatThrownBy(() -> LedgerNode.start(other, Map.of(), LedgerDomain.WithStep.class))
                    .rootCause()
                    .hasMessageContaining("follow it and not the store of this application", "set it to '" + topicName);
            publishing.awaitCaughtUp("balance@1");
        }
        Map<String, String> mirroring = Map.of(
                "changeover.mirror.topic",
                topicName,
                "changeover.mirror.kafka.bootstrap.servers",
                TestBroker.servers());
        assertThatThrownBy(() -> LedgerNode.start(origin, mirroring, LedgerDomain.WithStep.class))
                .rootCause()
                .hasMessageContaining("version balance@1 in this database has followed the store of this application");
    }

    @Test
    void a_database_follows_one_topic_and_says_so_when_it_is_to_follow_another() {
        try (TestNode publishing = publisher();
                TestNode following = follower("following")) {
            write(0, 1);
            awaitCarried(following);
            String first = topicName;
            topicName = first + ".other";
            try (Admin admin = admin()) {
                for (String name : List.of(topicName, topicName + ".marks")) {
                    var unused = admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)));
                }
            }
            try (TestNode confused = follower("confused")) {
                MirrorOperations operations = confused.get(MirrorOperations.class);
                TestNode.await(() -> operations.mirror().failure() != null);
                assertThat(operations.mirror().failure())
                        .contains("this database has events of topic '%s' already".formatted(first));
            }
            assertThat(publishing.get(MirrorOperations.class)).isNotNull();
        }
    }
}
