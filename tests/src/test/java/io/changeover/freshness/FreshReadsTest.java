package io.changeover.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeover.freshness.NoteDomain.Opened;
import io.changeover.freshness.ReadBehindException.Outcome;
import io.changeover.operation.Request;
import io.changeover.serving.ReadPosition;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.Router;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Clients that carry a position never read older than it, whatever the versions do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FreshReadsTest {

    private static final Request ANN = Request.by("ann");
    private static final VersionId V1 = VersionId.parse("note@1");
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 60;
    private static final int READS = 5;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestDatabase database;
    private TestNode node;

    @BeforeAll
    void start() {
        database = TestDatabase.empty();
        node = TestNode.start(
                database,
                Map.of(
                        "spring.autoconfigure.exclude",
                        "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                + TestNode.WITHOUT_JPA,
                        "changeover.node-id",
                        "note-node",
                        "spring.flyway.enabled",
                        "false",
                        "spring.datasource.hikari.maximum-pool-size",
                        "20"),
                NoteDomain.Known.class);
        node.awaitCaughtUp("note@1");
    }

    @AfterEach
    void release() {
        NoteDomain.release(1);
        NoteDomain.release(2);
        NoteDomain.slowness = 0;
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        node.close();
        database.close();
    }

    private NoteClient client(String note) {
        return new NoteClient(node, note, note);
    }

    /** A client whose reads go to the version as long as half of all readers have moved. */
    private NoteClient clientOf(int version, String prefix) {
        Router router = node.get(Router.class);
        String key = IntStream.range(0, 1_000)
                .mapToObj(i -> prefix + i)
                .filter(each -> router.explain("note", Reader.of(each)).version() == version)
                .findFirst()
                .orElseThrow();
        return new NoteClient(node, key, key);
    }

    private static ReadBehindException refused(NoteClient client) {
        return catchThrowableOfType(ReadBehindException.class, () -> client.read(Duration.ofMillis(50)));
    }

    @Test
    @Order(1)
    void a_client_that_writes_while_the_version_stands_still_is_told_so_and_never_gets_its_old_value() {
        NoteClient ann = client("ann");
        ann.write(1);
        assertThat(ann.read(NoteClient.LONG)).hasValue(1);
        long before = ann.position.last();
        NoteDomain.hold(1);
        ann.write(2);

        assertThat(ann.readPlainly()).as("what it would get without a position").hasValue(1);
        assertThat(refused(ann)).satisfies(e -> {
            assertThat(e.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(e.wanted()).isEqualTo(ann.position.last());
            assertThat(e.reached()).isBetween(before, ann.position.last() - 1);
        });
        Future<OptionalLong> waiting = threads.submit(() -> ann.read(NoteClient.LONG));
        NoteDomain.release(1);
        assertThat(waiting).succeedsWithin(Duration.ofMinutes(2)).isEqualTo(OptionalLong.of(2));
    }

    @Test
    @Order(2)
    void a_position_that_was_never_written_is_refused() {
        NoteClient ann = client("forger");
        assertThat(ann.read(NoteClient.LONG)).hasValue(0);
        ann.position = ReadPosition.at(999_999_999);
        long head = node.get(OrderedStream.class).head();

        assertThatThrownBy(() -> ann.read(NoteClient.LONG))
                .isInstanceOf(UnwrittenPositionException.class)
                .hasMessage(
                        "Position 999999999 was never written; the store ends at %d. Send a position that this application has given, or 0 to be told one"
                                .formatted(head));
    }

    private List<String> writtenTogether(String prefix, boolean rollBack) {
        TransactionTemplate transaction = new TransactionTemplate(node.get(PlatformTransactionManager.class));
        return ReaderContext.call("writer", () -> {
            transaction.executeWithoutResult(status -> {
                for (int i = 0; i < 3; i++) {
                    node.get(EventStore.class)
                            .publish(new GenericDomainEventMessage<>("Note", prefix + i, 0, new Opened(prefix + i)));
                }
                if (rollBack) {
                    status.setRollbackOnly();
                }
            });
            return ReaderContext.current().orElseThrow().writtenEvents();
        });
    }

    @Test
    @Order(3)
    void events_written_together_have_a_first_and_a_last_position_and_those_rolled_back_have_none() {
        WrittenPositions positions = node.get(WrittenPositions.class);

        ReadPosition together = positions.of(writtenTogether("kept-", false)).orElseThrow();
        assertThat(together.last()).isEqualTo(node.get(OrderedStream.class).head());
        assertThat(together.first()).isEqualTo(together.last() - 2);
        List<String> lost = writtenTogether("lost-", true);
        assertThat(lost).hasSize(3);
        assertThat(positions.of(lost)).isEmpty();
        assertThat(positions.of(List.of())).isEmpty();
    }

    @Test
    @Order(4)
    void an_event_that_was_put_aside_fails_the_reads_of_who_wrote_it_until_it_is_applied() {
        NoteDomain.BROKEN.add("broken");
        NoteClient ann = client("broken");
        NoteClient ben = client("sound");
        ann.write(7);
        ben.write(8);
        assertThat(ben.read(NoteClient.LONG)).hasValue(8);

        assertThat(refused(ann).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ann.readPlainly()).as("what it would get without a position").hasValue(0);
        NoteDomain.BROKEN.clear();
        node.operations().retry(V1, "broken");
        assertThat(ann.read(NoteClient.LONG)).hasValue(7);
    }

    @Test
    @Order(5)
    void a_version_that_is_not_built_answers_nobody_who_has_written() {
        NoteClient ann = client("early");

        assertThatThrownBy(() -> ann.readFrom(2))
                .isInstanceOf(ReadBehindException.class)
                .hasMessage(
                        "Version 'note@2' was never built, so it cannot show position %d; ask again once it is live, or read another version",
                        ann.position.last());
    }

    @Test
    @Order(6)
    void of_many_clients_on_a_slow_version_none_reads_older_than_it_wrote() throws Exception {
        NoteDomain.slowness = 1;
        List<Future<int[]>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            NoteClient client = client("many-" + i);
            all.add(threads.submit(() -> writeAndRead(client)));
        }
        int stale = 0;
        int read = 0;
        int stalePlainly = 0;
        for (Future<int[]> each : all) {
            int[] counts = each.get();
            read += counts[0];
            stale += counts[1];
            stalePlainly += counts[2];
        }
        assertThat(read).isEqualTo(CLIENTS * ROUNDS * READS);
        assertThat(stale).isZero();
        assertThat(stalePlainly).as("stale reads without a position").isPositive();
    }

    /** Reads with a position, stale ones among them, and stale ones among as many rounds without one. */
    private static int[] writeAndRead(NoteClient client) {
        int[] counts = new int[3];
        for (long round = 1; round <= ROUNDS; round++) {
            client.write(round);
            if (client.readPlainly().orElse(0) < round) {
                counts[2]++;
            }
            for (int i = 0; i < READS; i++) {
                counts[0]++;
                if (client.read(NoteClient.LONG).orElse(0) < round) {
                    counts[1]++;
                }
            }
        }
        return counts;
    }

    @Test
    @Order(7)
    void while_readers_are_shared_the_version_that_has_come_far_enough_answers() {
        node.operations().declare("note", 2, ANN);
        node.backfill("note");
        node.awaitCaughtUp("note@1");
        node.awaitCaughtUp("note@2");
        node.operations().verify("note", ANN);
        node.operations().shift("note", 50, ANN);
        NoteClient ann = clientOf(1, "old-");
        ann.write(1);
        assertThat(ann.read(NoteClient.LONG)).hasValue(1);
        NoteDomain.hold(1);
        ann.write(2);

        assertThat(ann.readPlainly()).hasValue(1);
        assertThat(ann.served).isEqualTo(1);
        assertThat(ann.read(NoteClient.LONG)).hasValue(2);
        assertThat(ann.served).isEqualTo(2);

        NoteDomain.hold(2);
        ann.write(3);
        assertThat(refused(ann).outcome()).isEqualTo(Outcome.TIMED_OUT);
        NoteDomain.release(2);
        assertThat(ann.read(NoteClient.LONG)).hasValue(3);
        assertThat(ann.served).isEqualTo(2);
    }

    @Test
    @Order(8)
    void a_client_that_is_moved_to_a_version_that_is_behind_sees_nothing_older() {
        NoteClient ann = clientOf(1, "moved-");
        ann.write(1);
        node.awaitCaughtUp("note@1");
        node.awaitCaughtUp("note@2");
        NoteDomain.hold(2);
        ann.write(2);
        node.awaitCaughtUp("note@1");
        ann.position = ReadPosition.at(0);
        assertThat(ann.read(NoteClient.LONG)).as("seen, not written").hasValue(2);
        assertThat(ann.served).isEqualTo(1);

        node.operations().shift("note", 100, ANN);

        assertThat(ann.readPlainly()).as("what it would get without a position").hasValue(1);
        assertThat(ann.served).isEqualTo(2);
        assertThat(ann.read(NoteClient.LONG)).hasValue(2);
        assertThat(ann.served).isEqualTo(1);
    }
}
