package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.stream.StoreInventory.Entry;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreInventoryTest {

    private static final Revision DONE = Revision.of("thing.done", 1);
    private static final List<Revision> REVISIONS = List.of(
            DONE,
            Revision.of("thing.done", 2),
            Revision.none("thing.done"),
            Revision.empty("thing.done"),
            Revision.of("thing.undone", 1));

    private TestDatabase database;
    private StoreInventory inventory;
    private EventWriter slow;
    private EventWriter quick;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        inventory = inventory();
        slow = new EventWriter(database.dataSource());
        quick = new EventWriter(database.dataSource());
    }

    @AfterEach
    void close() {
        slow.close();
        quick.close();
        database.close();
    }

    /** That of a node of its own. */
    private StoreInventory inventory() {
        return new StoreInventory(
                database.dataSource(), new OrderedStream(database.dataSource(), EventTable.ofSpring()));
    }

    private static String insert(Revision revision) {
        return """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('a-' || gen_random_uuid(), 0, 'Thing', gen_random_uuid(), '{}', '{}', %s, '%s', '2026-01-01T00:00:00Z')"""
                .formatted(revision.revision() == null ? "null" : "'" + revision.revision() + "'", revision.name());
    }

    private void store(Revision... revisions) {
        for (Revision revision : revisions) {
            quick.run(insert(revision));
        }
        quick.commit();
    }

    private String progress() {
        return database.value("select position from changeover.stored_revision_progress");
    }

    /** What a scan of the whole store finds. */
    private List<Entry> scan() {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        select payload_type, payload_revision, count(*), min(global_index), max(global_index)
                        from public.domain_event_entry group by 1, 2""")) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
                entries.add(new Entry(
                        new Revision(rows.getString(1), rows.getString(2)),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5)));
            }
            entries.sort(Comparator.comparing(Entry::revision, EventSteps.ORDER));
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_empty_store_holds_nothing() {
        assertThat(inventory.refresh()).isEmpty();
        assertThat(progress()).isEqualTo("0");
    }

    @Test
    void events_that_were_there_before_are_counted_by_name_and_revision() {
        store(Revision.of("thing.undone", 1), Revision.of("thing.done", 10), DONE, Revision.of("thing.done", 2), DONE);

        assertThat(inventory.refresh())
                .containsExactly(
                        new Entry(DONE, 2, 3, 5),
                        new Entry(Revision.of("thing.done", 2), 1, 4, 4),
                        new Entry(Revision.of("thing.done", 10), 1, 2, 2),
                        new Entry(Revision.of("thing.undone", 1), 1, 1, 1));
        assertThat(progress()).isEqualTo("5");
    }

    @Test
    void no_revision_is_not_an_empty_revision() {
        store(Revision.none("thing.done"), Revision.empty("thing.done"));
        inventory.refresh();
        store(Revision.none("thing.done"), Revision.empty("thing.done"), Revision.none("thing.done"));

        assertThat(inventory.refresh())
                .containsExactly(
                        new Entry(Revision.none("thing.done"), 3, 1, 5),
                        new Entry(Revision.empty("thing.done"), 2, 2, 4));
    }

    @Test
    void a_later_count_looks_only_at_what_is_new() {
        store(DONE, DONE);
        inventory.refresh();
        assertThat(progress()).isEqualTo("2");
        // Were the two counted again, this would not be in the sum.
        database.run("update changeover.stored_revision set events = 1000");
        store(DONE);

        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 1001, 1, 3));
        assertThat(progress()).isEqualTo("3");
        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 1001, 1, 3));
    }

    @Test
    void a_node_that_has_never_counted_goes_on_where_another_ended() {
        store(DONE, DONE);
        inventory.refresh();
        store(DONE);

        assertThat(inventory().refresh()).containsExactly(new Entry(DONE, 3, 1, 3));
        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 3, 1, 3));
    }

    @Test
    void nothing_is_counted_past_an_open_transaction_and_everything_after_its_commit() {
        store(DONE);
        slow.run(insert(Revision.of("thing.undone", 1)));
        store(DONE, DONE);

        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 1, 1, 1));
        assertThat(progress()).isEqualTo("1");

        slow.commit();
        assertThat(inventory.refresh())
                .containsExactly(new Entry(DONE, 3, 1, 4), new Entry(Revision.of("thing.undone", 1), 1, 2, 2));
        assertThat(progress()).isEqualTo("4");
    }

    @Test
    void a_gap_that_was_rolled_back_is_counted_past() {
        store(DONE);
        slow.run(insert(DONE));
        store(DONE);
        slow.rollback();

        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 2, 1, 3));
    }

    @Test
    void a_transaction_around_the_call_neither_hides_events_nor_undoes_the_count() {
        TransactionTemplate around = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        around.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        StoreInventory counting = inventory;

        List<Entry> seen = around.execute(status -> {
            List<Entry> before = counting.refresh();
            assertThat(before).isEmpty();
            store(DONE);
            List<Entry> after = counting.refresh();
            status.setRollbackOnly();
            return after;
        });

        assertThat(seen).containsExactly(new Entry(DONE, 1, 1, 1));
        assertThat(progress()).isEqualTo("1");
    }

    @Test
    void a_count_that_fails_changes_nothing() {
        store(DONE);
        database.run(
                "alter table changeover.stored_revision_progress add constraint never_further check (position < 1)");
        assertThatThrownBy(() -> inventory.refresh()).isInstanceOf(DataAccessException.class);
        database.run("alter table changeover.stored_revision_progress drop constraint never_further");

        assertThat(inventory.refresh()).containsExactly(new Entry(DONE, 1, 1, 1));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void counts_are_exact_while_several_write_and_several_count() throws Exception {
        int writers = 3;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 3);
        AtomicBoolean writing = new AtomicBoolean(true);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Random random = new Random(writer);
                written.add(threads.submit(() -> write(random, 150)));
            }
            List<Future<?>> counted = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                StoreInventory own = node == 0 ? inventory : inventory();
                counted.add(threads.submit(() -> count(own, writing)));
            }
            for (Future<?> each : written) {
                each.get();
            }
            writing.set(false);
            for (Future<?> each : counted) {
                each.get();
            }
        } finally {
            writing.set(false);
            threads.shutdownNow();
        }

        assertThat(inventory().refresh()).isNotEmpty().isEqualTo(scan());
    }

    private void write(Random random, int transactions) {
        try (EventWriter writer = new EventWriter(database.dataSource())) {
            for (int i = 0; i < transactions; i++) {
                for (int events = 1 + random.nextInt(4); events > 0; events--) {
                    writer.run(insert(REVISIONS.get(random.nextInt(REVISIONS.size()))));
                }
                if (random.nextInt(4) == 0) {
                    writer.rollback();
                } else {
                    writer.commit();
                }
            }
        }
    }

    private static void count(StoreInventory inventory, AtomicBoolean writing) {
        long known = 0;
        while (writing.get()) {
            long now = inventory.refresh().stream().mapToLong(Entry::events).sum();
            assertThat(now).isGreaterThanOrEqualTo(known);
            known = now;
        }
    }

    @Test
    void an_application_has_the_inventory_and_the_aggregates_of_its_store() {
        store(DONE);
        Map<String, String> settings = Map.of(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA,
                "changeover.node-id",
                "inventory-node",
                "changeover.store.ignored-events",
                DONE.name(),
                "spring.flyway.enabled",
                "false");

        try (TestNode node = TestNode.start(database, settings)) {
            assertThat(node.get(StoreInventory.class).refresh())
                    .extracting(Entry::revision)
                    .contains(DONE);
            String aggregate = database.value("select aggregate_identifier from public.domain_event_entry");
            assertThat(node.get(AggregateHistory.class).before("Thing", aggregate, 1))
                    .hasSize(1);
        }
    }
}
