package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.changeover.event.StoredEvent;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedStreamTest {

    private static final EventTable TABLE = EventTable.ofSpring();

    private TestDatabase database;
    private OrderedStream stream;
    private EventWriter slow;
    private EventWriter quick;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        stream = stream();
        slow = writer();
        quick = writer();
    }

    @AfterEach
    void close() {
        slow.close();
        quick.close();
        database.close();
    }

    @Test
    void an_empty_store_has_nothing_to_read() {
        assertThat(stream.read(0, 10)).isEqualTo(new Page(List.of(), 0));
        assertThat(stream.horizon()).isZero();
        assertThat(stream.head()).isZero();
    }

    @Test
    void an_event_is_read_as_it_was_stored() {
        append("thing.done");

        StoredEvent event = stream.read(0, 10).events().get(0);

        assertThat(event.position()).isEqualTo(1);
        assertThat(event.eventId()).isEqualTo(database.value("select event_identifier from domain_event_entry"));
        assertThat(event.aggregateId())
                .isEqualTo(database.value("select aggregate_identifier from domain_event_entry"));
        assertThat(event.aggregateType()).isEqualTo("Thing");
        assertThat(event.sequence()).isZero();
        assertThat(event.name()).isEqualTo("thing.done");
        assertThat(event.revision()).isEqualTo("1");
        assertThat(event.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{\"text\":\"hello\"}");
        assertThat(event.metadata()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void pages_follow_one_another() {
        for (int i = 0; i < 5; i++) {
            append("thing.done");
        }

        assertThat(positions(stream.read(0, 2))).containsExactly(1L, 2L);
        assertThat(positions(stream.read(2, 2))).containsExactly(3L, 4L);
        assertThat(positions(stream.read(4, 2))).containsExactly(5L);
        assertThat(stream.read(5, 2)).isEqualTo(new Page(List.of(), 5));
    }

    @Test
    void a_transaction_that_commits_late_below_the_head_is_waited_for_by_every_reader() {
        OrderedStream other = stream();
        append("thing.done");
        slow.append("thing.done");
        append("thing.done");

        for (OrderedStream reader : List.of(stream, other)) {
            assertThat(positions(reader.read(0, 10))).containsExactly(1L);
            assertThat(reader.read(1, 10)).isEqualTo(new Page(List.of(), 1));
            assertThat(reader.horizon()).isEqualTo(1);
            assertThat(reader.head()).isEqualTo(3);
        }

        slow.commit();

        for (OrderedStream reader : List.of(stream, other, stream())) {
            assertThat(reader.horizon()).isEqualTo(3);
            assertThat(positions(reader.read(0, 10))).containsExactly(1L, 2L, 3L);
            assertThat(reader.read(3, 10)).isEqualTo(new Page(List.of(), 3));
        }
    }

    @Test
    void a_gap_is_passed_once_its_transaction_has_rolled_back() {
        slow.append("thing.done");
        append("thing.done");
        assertThat(stream.read(0, 10)).isEqualTo(new Page(List.of(), 0));

        slow.rollback();

        assertThat(positions(stream.read(0, 10))).containsExactly(2L);
        assertThat(stream.horizon()).isEqualTo(2);
    }

    @Test
    void a_value_drawn_before_the_insert_is_waited_for() {
        slow.run("select nextval('domain_event_entry_global_index_seq')");
        append("thing.done");

        assertThat(stream.read(0, 10)).isEqualTo(new Page(List.of(), 0));
    }

    @Test
    void the_rollback_of_a_savepoint_does_not_hide_what_its_transaction_may_still_do() {
        slow.run("select nextval('domain_event_entry_global_index_seq')");
        var savepoint = slow.savepoint();
        slow.append("thing.done");
        slow.rollback(savepoint);
        append("thing.done");

        assertThat(stream.read(0, 10)).isEqualTo(new Page(List.of(), 0));
        slow.commit();
        assertThat(positions(stream.read(0, 10))).containsExactly(3L);
    }

    @Test
    void a_long_transaction_on_other_tables_holds_nothing_up() {
        database.run("create table elsewhere (id int)");
        try (EventWriter unrelated = writer()) {
            unrelated.run("set transaction isolation level repeatable read");
            unrelated.run("insert into elsewhere values (1)");
            unrelated.run("select count(*) from domain_event_entry");
            slow.append("thing.done");
            append("thing.done");
            slow.rollback();

            assertThat(positions(stream.read(0, 10))).containsExactly(2L);
            assertThat(stream.horizon()).isEqualTo(2);
        }
    }

    @Test
    void a_constant_stream_of_new_writers_does_not_starve_a_reader() {
        List<EventWriter> writers = new ArrayList<>(List.of(slow, quick));
        List<Long> read = new ArrayList<>();
        List<Long> committed = new ArrayList<>();
        slow.append("thing.done");
        committed.add(append("thing.done"));
        assertThat(stream.read(0, 10).position()).isZero();

        // Each one begins before the one before it ends, so there is always somebody at work.
        long after = 0;
        for (int i = 0; i < 50; i++) {
            EventWriter old = writers.get(i % 2);
            EventWriter young = writers.get((i + 1) % 2);
            long position = young.append("thing.done");
            if (i % 3 == 0) {
                old.rollback();
            } else {
                old.commit();
            }
            if ((i + 1) % 3 != 0) {
                committed.add(position);
            }
            Page page = stream.read(after, 10);
            assertThat(page.position()).as("progress in round %d", i).isGreaterThanOrEqualTo(Math.max(0, position - 3));
            after = page.position();
            read.addAll(positions(page));
        }
        writers.get(50 % 2).commit();
        for (Page page = stream.read(after, 10); page.position() > after; page = stream.read(after, 10)) {
            after = page.position();
            read.addAll(positions(page));
        }

        assertThat(read).isEqualTo(committed);
    }

    @Test
    void a_look_at_the_holders_says_nothing_about_what_another_reader_began_to_wait_for_after_it() {
        InterruptedDataSource interrupted = new InterruptedDataSource(database.dataSource());
        OrderedStream shared = new OrderedStream(interrupted, TABLE);
        slow.append("thing.done");
        append("thing.done");
        assertThat(shared.read(0, 10).position()).isZero();
        slow.rollback();

        // Before and after the search for the gap, before and after the look at the holders: there are none.
        AtomicInteger interruptions = new AtomicInteger();
        interrupted.interruptWith(() -> {
            if (interruptions.incrementAndGet() == 4) {
                assertThat(positions(shared.read(0, 10))).containsExactly(2L);
                slow.append("thing.done");
                append("thing.done");
                assertThat(shared.read(2, 10).position()).isEqualTo(2);
            }
        });

        assertThat(shared.read(0, 10).position()).isEqualTo(2);
        slow.commit();
        assertThat(positions(shared.read(2, 10))).containsExactly(3L, 4L);
    }

    @Test
    void a_prepared_transaction_is_waited_for_also_when_it_was_prepared_after_a_look() {
        slow.append("thing.done");
        append("thing.done");
        assertThat(stream.read(0, 10).position()).isZero();

        slow.prepare("late");

        assertThat(stream.read(0, 10).position()).isZero();
        assertThat(stream().read(0, 10).position()).isZero();
        database.run("commit prepared 'late'");
        assertThat(positions(stream.read(0, 10))).containsExactly(1L, 2L);
    }

    @Test
    void a_prepared_transaction_that_is_rolled_back_leaves_a_gap_that_is_passed() {
        slow.append("thing.done");
        slow.prepare("never");
        append("thing.done");
        assertThat(stream.read(0, 10).position()).isZero();

        database.run("rollback prepared 'never'");

        assertThat(positions(stream.read(0, 10))).containsExactly(2L);
    }

    @Test
    void many_rolled_back_transactions_cost_one_look() {
        for (int i = 0; i < 300; i++) {
            quick.append("thing.done");
            if (i % 3 == 0) {
                quick.commit();
            } else {
                quick.rollback();
            }
        }

        Page first = stream.read(0, 1000);
        Page rest = stream.read(first.position(), 1000);

        assertThat(positions(first)).containsExactly(1L);
        assertThat(positions(rest))
                .isEqualTo(LongStream.range(1, 100).map(i -> i * 3 + 1).boxed().toList());
        assertThat(rest.position()).isEqualTo(298);
    }

    @Test
    void a_gap_of_millions_is_passed_at_once() {
        append("thing.done");
        database.run("select setval('domain_event_entry_global_index_seq', 50000000)");
        append("thing.done");

        assertThat(positions(stream.read(0, 10))).containsExactly(1L);
        assertThat(positions(stream.read(1, 10))).containsExactly(50000001L);
        assertThat(stream().horizon()).isEqualTo(50000001L);
    }

    @Test
    void history_beyond_the_look_ahead_is_read_to_its_end_while_a_writer_is_at_work() {
        database.run(
                """
                insert into domain_event_entry (aggregate_identifier, sequence_number, event_identifier, payload,
                    payload_type, time_stamp)
                select 'a', i, i::text, '', 'thing.done', '2026-01-01T00:00:00Z' from generate_series(1, 25000) as i""");
        slow.append("thing.done");
        append("thing.done");

        assertThat(stream.horizon()).isEqualTo(25000);
        assertThat(positions(stream.read(0, 100_000))).hasSize(25000).endsWith(25000L);
        slow.commit();
        assertThat(positions(stream.read(25000, 100_000))).containsExactly(25001L, 25002L);
    }

    @Test
    void a_reader_that_comes_with_a_position_need_not_wait_for_what_lies_behind_it() {
        slow.append("thing.done");
        append("thing.done");
        append("thing.done");

        assertThat(positions(stream.read(2, 10))).containsExactly(3L);
        assertThat(stream.horizon()).isZero();
    }

    @Test
    void events_that_were_not_asked_for_are_covered_without_being_read() {
        append("thing.done");
        append("thing.undone");
        append("thing.done");
        append("thing.done");

        Page page = stream.read(0, 10, Set.of("thing.undone"));
        assertThat(positions(page)).containsExactly(2L);
        assertThat(page.position()).isEqualTo(4);
        assertThat(positions(stream.read(0, 2, Set.of("thing.done")))).containsExactly(1L, 3L);
        assertThat(stream.read(0, 2, Set.of("thing.done")).position()).isEqualTo(3);
        assertThat(stream.read(0, 10, Set.of("thing.unknown"))).isEqualTo(new Page(List.of(), 4));
        assertThat(stream.read(0, 10, Set.of())).isEqualTo(new Page(List.of(), 4));
    }

    @Test
    void a_reader_of_some_names_waits_for_a_gap_whatever_may_fill_it() {
        slow.append("thing.undone");
        append("thing.done");

        assertThat(stream.read(0, 10, Set.of("thing.done"))).isEqualTo(new Page(List.of(), 0));
        slow.commit();
        Page page = stream.read(0, 10, Set.of("thing.done"));
        assertThat(positions(page)).containsExactly(2L);
    }

    @Test
    void connections_that_come_without_autocommit_still_see_what_was_committed_last() {
        try (HikariDataSource source = new HikariDataSource()) {
            source.setJdbcUrl(database.url());
            source.setUsername(database.user());
            source.setPassword(database.password());
            source.setAutoCommit(false);
            source.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
            source.setMaximumPoolSize(1);
            OrderedStream careful = new OrderedStream(source, TABLE);
            slow.append("thing.done");
            append("thing.done");
            assertThat(careful.read(0, 10).position()).isZero();
            slow.commit();
            assertThat(positions(careful.read(0, 10))).containsExactly(1L, 2L);
        }
    }

    @Test
    void positions_that_a_crashed_server_hands_out_again_are_read_again() {
        append("thing.done");
        append("thing.done");
        append("thing.done");
        assertThat(stream.horizon()).isEqualTo(3);
        database.run(
                "alter table domain_event_entry disable trigger all",
                "delete from domain_event_entry where global_index > 1",
                "alter table domain_event_entry enable always trigger events_never_change",
                "select setval('domain_event_entry_global_index_seq', 1)");

        assertThat(stream.read(1, 10)).isEqualTo(new Page(List.of(), 1));
        slow.append("thing.done");
        append("thing.done");
        assertThat(stream.read(1, 10)).isEqualTo(new Page(List.of(), 1));
        slow.commit();
        assertThat(positions(stream.read(1, 10))).containsExactly(2L, 3L);
    }

    @Test
    void a_point_in_time_is_the_position_before_it_but_never_above_the_horizon() {
        append("thing.done");
        slow.append("thing.done");
        append("thing.done");

        assertThat(stream.before(Instant.parse("2025-01-01T00:00:00Z"))).isZero();
        assertThat(stream.before(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(1);
    }

    @Test
    void a_senseless_call_is_refused() {
        assertThatThrownBy(() -> stream.read(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Position -1 must be 0 or greater and limit 0 at least 1; correct the call");
    }

    private OrderedStream stream() {
        return new OrderedStream(database.dataSource(), TABLE);
    }

    private EventWriter writer() {
        return new EventWriter(database.dataSource());
    }

    private long append(String name) {
        long position = quick.append(name);
        quick.commit();
        return position;
    }

    private static List<Long> positions(Page page) {
        return page.events().stream().map(StoredEvent::position).toList();
    }
}
