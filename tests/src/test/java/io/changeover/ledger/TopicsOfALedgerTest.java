package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.operation.LiveTopicOperations;
import io.changeover.operation.Request;
import io.changeover.operation.TopicOperations;
import io.changeover.projection.ProjectionStore;
import io.changeover.publish.PublishOptions;
import io.changeover.publish.Publishing;
import io.changeover.publish.Topic;
import io.changeover.publish.TopicLedger;
import io.changeover.publish.TopicRefusedException;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestBroker;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.testkit.TopicReader;
import io.changeover.testkit.TopicReader.Read;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Topics of a broker, over a store in which credits were written in two revisions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TopicsOfALedgerTest {

    private static final Revision OPENED = Revision.of("account.opened", 1);
    private static final Revision OLD_CREDIT = Revision.of("account.credited", 1);
    private static final Revision CREDIT = Revision.of("account.credited", 2);

    private static final Request ANN = new Request("ann", "a test wrote it");
    private static final int MOST_ROUNDS = 200;

    private final String suffix = UUID.randomUUID().toString();
    private TestDatabase database;
    private LedgerStore ledger;
    private TestNode node;

    /** Position of what a node says itself when it starts, which concerns no reader of the ledger. */
    private long before;

    @BeforeEach
    void start() {
        database = TestDatabase.withStore();
        node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class);
        ledger = new LedgerStore(database);
        before = node.get(OrderedStream.class).horizon();
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @AfterAll
    static void clear() {
        try (Admin admin = admin()) {
            admin.deleteTopics(admin.listTopics().names().get());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestBroker.servers()));
    }

    private Topic topic(String name, Revision... revisions) {
        return Topic.of(name + "." + suffix, revisions).inPartitions(3).replicated(1);
    }

    private static PublishOptions options(int events) {
        Duration soon = Duration.ofMillis(5);
        return new PublishOptions(
                events, soon, soon, soon, Map.of("bootstrap.servers", TestBroker.servers()), Map.of());
    }

    private TopicOperations operations(Topic topic) {
        return new LiveTopicOperations(
                new TopicLedger(List.of(topic), node.get(OrderedStream.class), node.get(ProjectionStore.class)));
    }

    private Publishing publishing(int events, Topic... topics) {
        return publishing(node.get(TokenStore.class), events, topics);
    }

    private Publishing publishing(TokenStore tokens, int events, Topic... topics) {
        ProjectionStore store = node.get(ProjectionStore.class);
        return new Publishing(
                List.of(topics),
                node.get(OrderedStream.class),
                node.get(EventReader.class),
                node.get(EventSteps.class),
                new ProjectionStore(
                        store.jdbc(),
                        store.transactions(),
                        tokens,
                        store.table(),
                        store.decisions(),
                        store.json(),
                        store.clock()),
                options(events));
    }

    private void awaitEvents(Publishing publishing, long events) {
        TestNode.await(() -> publishing.status().stream().allMatch(topic -> topic.position() >= before + events));
    }

    private void assertEachOnceInOrder(Topic topic, long events) {
        List<Read> all = TopicReader.all(topic.name());
        assertThat(all.stream().map(Read::position).sorted().toList())
                .isEqualTo(LongStream.rangeClosed(before + 1, before + events)
                        .boxed()
                        .toList());
        Map<Integer, List<Long>> byPartition = all.stream()
                .collect(Collectors.groupingBy(
                        Read::partition, Collectors.mapping(Read::position, Collectors.toList())));
        assertThat(byPartition.values())
                .allSatisfy(positions -> assertThat(positions).isSorted());
    }

    @Test
    void every_event_is_on_each_topic_once_in_the_revision_that_the_topic_promises() {
        Topic first = topic("ledger.v1", OPENED, OLD_CREDIT);
        Topic second = topic("ledger.v2", OPENED, CREDIT);
        ledger.opened("a-1");
        ledger.creditedAsOfOld("a-1", "a-1", 7);
        try (Publishing publishing = publishing(100, first, second)) {
            publishing.start();
            awaitEvents(publishing, 2);
            ledger.credited("a-1", 8);
            ledger.closed("a-1");
            awaitEvents(publishing, 3);
        }
        List<Read> old = TopicReader.all(first.name());
        assertThat(old)
                .extracting(Read::value)
                .containsExactly(
                        "{\"account\":\"a-1\",\"owner\":\"owner of a-1\"}",
                        "{\"acc\":\"a-1\",\"amount\":7}",
                        "{\"amount\":8,\"acc\":\"a-1\"}");
        assertThat(old).extracting(Read::key).containsOnly("a-1");
        Map<String, String> headers = new HashMap<>(old.get(2).headers());
        assertThat(headers.remove("event-id")).hasSize(36);
        assertThat(headers.remove("event-time")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "event-name", "account.credited",
                        "event-revision", "1",
                        "event-position", Long.toString(before + 3),
                        "aggregate-type", "Account",
                        "aggregate-sequence", "2"));
        assertThat(TopicReader.all(second.name()))
                .extracting(Read::value)
                .containsExactly(
                        "{\"account\":\"a-1\",\"owner\":\"owner of a-1\"}",
                        "{\"account\":\"a-1\",\"cents\":7}",
                        "{\"account\":\"a-1\",\"cents\":8}");
    }

    @Test
    void what_was_committed_before_its_token_could_be_stored_is_not_there_twice() {
        Topic topic = topic("ledger", OPENED, CREDIT);
        ledger.openedMany(50);
        AtomicInteger failures = new AtomicInteger(4);
        TokenStore real = node.get(TokenStore.class);
        TokenStore failing = (TokenStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("storeToken") && failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("the database has gone away");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
        try (Publishing publishing = publishing(failing, 7, topic)) {
            publishing.start();
            awaitEvents(publishing, 50);
        }
        assertThat(failures.get()).isNegative();
        assertEachOnceInOrder(topic, 50);
    }

    @Test
    void nodes_that_take_a_topic_from_each_other_all_the_time_put_each_event_on_it_once() {
        Topic topic = topic("ledger", OPENED, CREDIT);
        database.run(
                "insert into changeover.topic (name, failure, failed_at) values ('%s', 'said and not taken back', now())"
                        .formatted(topic.name()));
        try (Publishing one = publishing(another("one"), 10, topic);
                Publishing other = publishing(another("other"), 10, topic)) {
            one.start();
            other.start();
            long events = 0;
            for (int round = 0; round < MOST_ROUNDS && (round < 5 || atOne(one) == 0 || atOne(other) == 0); round++) {
                for (int event = 0; event < 10; event++) {
                    ledger.opened("a-" + round + "-" + event);
                }
                events += 10;
                long all = before + events;
                database.run("update public.token_entry set owner = null where processor_name = 'topic:%s'"
                        .formatted(topic.name()));
                TestNode.await(() -> Math.max(atOne(one), atOne(other)) >= all);
            }
            assertThat(atOne(one)).isPositive();
            assertThat(atOne(other)).isPositive();
            // Whoever has it gets on, so what a node said that has ended since is over.
            TestNode.await(() -> operations(topic).topics().get(0).failure() == null);
            assertEachOnceInOrder(topic, events);
        }
    }

    private static long atOne(Publishing publishing) {
        return publishing.status().get(0).position();
    }

    private TokenStore another(String name) {
        return JdbcTokenStore.builder()
                .connectionProvider(node.get(ConnectionProvider.class))
                .schema(node.get(OrderedStream.class).table().tokenSchema())
                .serializer(node.get(Serializer.class))
                .contentType(byte[].class)
                .nodeId(name)
                .build();
    }

    @Test
    void an_event_that_cannot_be_read_holds_a_topic_up_until_somebody_leaves_it_out() {
        Topic topic = topic("ledger", OPENED, CREDIT);
        ledger.opened("a-1");
        ledger.append("a-1", "account.credited", "1", "no JSON");
        ledger.credited("a-1", 8);
        try (Publishing publishing = publishing(100, topic)) {
            publishing.start();
            TestNode.await(() -> publishing.status().get(0).failure() != null);
            assertThat(publishing.status().get(0).failure())
                    .startsWith("The event at position %d cannot be put on topic '%s', and those after it wait: "
                            .formatted(before + 2, topic.name()))
                    .endsWith("Deploy a release that can read it, or leave it out with 'changeover topics skip %s %d'"
                            .formatted(topic.name(), before + 2));
            // Brokers answer a commit before they show what it commits.
            TestNode.await(() -> !TopicReader.all(topic.name()).isEmpty());
            assertThat(TopicReader.all(topic.name())).extracting(Read::position).containsExactly(before + 1);
            TopicOperations operations = operations(topic);
            TestNode.await(() -> operations.topics().get(0).failure() != null);
            assertThatThrownBy(() -> operations.skip(topic.name(), before + 1, ANN))
                    .hasMessageStartingWith("Topic '%s' does not wait at position %d but says: The event at position %d"
                            .formatted(topic.name(), before + 1, before + 2));
            assertThatThrownBy(() -> operations.skip(topic.name(), before + 2, Request.by("ann")))
                    .hasMessage(
                            "No reason is given, and it is all that will tell why the readers of topic '%s' miss an event; give one"
                                    .formatted(topic.name()));
            assertThat(operations.skip(topic.name(), before + 2, ANN).skipped()).isEqualTo(1);
            awaitEvents(publishing, 3);
            TestNode.await(() -> operations.topics().get(0).failure() == null);
            assertThatThrownBy(() -> operations.restart(topic.name(), ANN))
                    .hasMessageStartingWith("Topic '%s' gets on at position %d".formatted(topic.name(), before + 3));
            assertThatThrownBy(() -> operations.restart("orders.v9", ANN))
                    .hasMessage(
                            "No topic of this application is called 'orders.v9'; list them with 'changeover topics'");
        }
        assertThat(TopicReader.all(topic.name())).extracting(Read::position).containsExactly(before + 1, before + 3);
    }

    @Test
    void a_topic_that_was_made_anew_or_with_other_partitions_is_not_gone_on_with() throws Exception {
        Topic topic = topic("ledger", OPENED, CREDIT);
        ledger.opened("a-1");
        try (Publishing publishing = publishing(100, topic)) {
            publishing.start();
            awaitEvents(publishing, 1);
        }
        try (Publishing publishing = publishing(100, topic.inPartitions(4))) {
            publishing.start();
            TestNode.await(() -> publishing.status().get(0).failure() != null);
            assertThat(publishing.status().get(0).failure())
                    .contains("it has 3 partitions and is declared with 4", "declare 3, or publish");
        }
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic.name())).all().get();
        }
        try (Publishing publishing = publishing(100, topic)) {
            publishing.start();
            TestNode.await(() -> publishing.status().get(0).failure() != null);
            assertThat(publishing.status().get(0).failure())
                    .contains("the brokers do not have it any more", "'changeover topics restart " + topic.name());
            assertThat(operations(topic).restart(topic.name(), ANN).position()).isZero();
            awaitEvents(publishing, 1);
            TestNode.await(() -> operations(topic).topics().get(0).failure() == null);
        }
        assertEachOnceInOrder(topic, 1);
    }

    @Test
    void a_promise_that_cannot_be_kept_is_refused_before_anything_is_published() {
        assertThatThrownBy(() -> publishing(10, topic("ledger", Revision.of("account.credited", 3))))
                .isInstanceOf(TopicRefusedException.class)
                .hasMessageContaining(
                        "revision 'account.credited@3' is promised and known neither by a class nor by a step; correct the contract, or deploy the release that knows it");
        Topic twice = topic("ledger", OPENED);
        assertThatThrownBy(() -> publishing(10, twice, twice))
                .hasMessage("Topic '%s' is declared twice, and its events would be on it twice; remove one"
                        .formatted(twice.name()));
        assertThatThrownBy(() -> Topic.of("ledger v1", OPENED))
                .hasMessage(
                        "Topic 'ledger v1' must have 1 to 200 letters, digits, dots, underscores and hyphens, and begin with a letter or digit; rename it");
    }
}
