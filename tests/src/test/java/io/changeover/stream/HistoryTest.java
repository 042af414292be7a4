package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.StoredEvent;
import io.changeover.stream.HistoryOutline.Block;
import io.changeover.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoryTest {

    private static final String COLUMNS =
            "(global_index, aggregate_identifier, sequence_number, type, event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp)";

    private TestDatabase database;
    private OrderedStream stream;
    private StoreInventory inventory;

    @BeforeEach
    void open() {
        database = TestDatabase.withStore();
        stream = new OrderedStream(database.dataSource(), EventTable.ofSpring());
        inventory = new StoreInventory(database.dataSource(), stream);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Events of a name at every n-th position. */
    private void events(String name, long from, long to, int step) {
        database.run(
                "insert into domain_event_entry %s select i, 'a-' || i, 0, 'Thing', 'e-' || i, '{}', convert_to('{\"n\":' || i || '}', 'UTF8'), '1', '%s', '2026-01-01T00:00:00Z' from generate_series(%d, %d, %d) i"
                        .formatted(COLUMNS, name, from, to, step));
    }

    private List<StoredEvent> history(long after, long upTo, Set<String> names) {
        List<StoredEvent> events = new ArrayList<>();
        stream.history(after, upTo, names, events::add);
        return events;
    }

    private long horizon() {
        database.run(
                "select setval('domain_event_entry_global_index_seq', (select max(global_index) from domain_event_entry))");
        inventory.refresh();
        return stream.horizon();
    }

    @Test
    void what_is_read_in_bulk_is_what_is_read_by_page_whatever_it_holds() {
        database.run(
                "insert into domain_event_entry %s values (1, 'żółw \ud83d\ude00', 7, null, 'e-1', null, '', null, 'it''s \\ a name', '2026-02-29x')"
                        .formatted(COLUMNS)
                        .replace("2026-02-29x", "2024-02-29T23:59:59.123456789Z"),
                "insert into domain_event_entry %s values (2, 'b', 0, 'Thing', 'e-2', '{\"a\":1}', '\\x0001ff', '', 'thing.done', '1969-12-31T23:59:59.9Z')"
                        .formatted(COLUMNS),
                "insert into domain_event_entry %s values (3, 'b', 1, 'Thing', 'e-3', '{}', '{}', '2', 'thing.done', '2026-01-01T00:00:00.000Z')"
                        .formatted(COLUMNS),
                "insert into domain_event_entry %s values (4, 'b', 2, 'Thing', 'e-4', '{}', '{}', '2', 'thing.done', '+12026-01-01T00:00:00Z')"
                        .formatted(COLUMNS),
                "insert into domain_event_entry %s values (5, 'b', 3, 'Thing', 'e-5', '{}', '{}', '2', 'thing.done', '0004-03-01T00:00:00Z')"
                        .formatted(COLUMNS));
        long horizon = horizon();
        Set<String> names = Set.of("it's \\ a name", "thing.done");

        List<StoredEvent> bulk = history(0, horizon, names);

        assertThat(bulk)
                .usingRecursiveComparison()
                .isEqualTo(stream.read(0, 100).events());
        assertThat(bulk).hasSize(5);
    }

    @Test
    void other_names_are_left_out_and_no_name_gives_nothing() {
        events("thing.done", 1, 20, 2);
        events("thing.undone", 2, 20, 2);
        long horizon = horizon();
        assertThat(history(4, horizon, Set.of("thing.undone")))
                .extracting(StoredEvent::position)
                .containsExactly(6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L);
        assertThat(history(0, horizon, Set.of())).isEmpty();
        assertThat(history(0, horizon, Set.of("' or true or '"))).isEmpty();
    }

    @Test
    void what_the_sink_throws_ends_the_reading_and_the_connection_can_be_used_again() {
        events("thing.done", 1, 50_000, 1);
        long horizon = horizon();
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> stream.history(0, horizon, Set.of("thing.done"), event -> {
                        throw new IllegalArgumentException("enough");
                    }))
                    .hasMessage("enough");
        }
        assertThat(history(0, horizon, Set.of("thing.done"))).hasSize(50_000);
    }

    @Test
    void what_is_not_settled_is_refused() {
        events("thing.done", 1, 10, 1);
        horizon();
        assertThatThrownBy(() -> history(0, 11, Set.of("thing.done")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "History from position 0 to 11 must lie between 0 and the horizon 10; ask for the horizon first");
    }

    @Test
    void a_store_that_cannot_be_read_is_named_with_the_stretch() {
        events("thing.done", 1, 10, 1);
        long horizon = horizon();
        database.run("alter table domain_event_entry rename column time_stamp to at");
        assertThatThrownBy(() -> history(3, horizon, Set.of("thing.done")))
                .isInstanceOf(EventStoreException.class)
                .hasMessageStartingWith(
                        "The event store 'public.domain_event_entry' cannot be read from position 3 to 10: ")
                .hasMessageEndingWith("; check the database, then try again");
    }

    @Test
    void an_outline_counts_exactly_between_any_two_positions() {
        events("rare", 5_000, 20_000, 977);
        events("thing.done", 1, 4_999, 1);
        events("thing.undone", 20_001, 23_000, 3);
        long horizon = horizon();
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            long after = random.nextLong(horizon);
            long upTo = after + random.nextLong(horizon - after + 1);
            Set<String> names = List.of(
                            Set.of("rare"), Set.of("rare", "thing.done"), Set.of("thing.undone"), Set.of("none"))
                    .get(random.nextInt(4));
            HistoryOutline outline = inventory.outline(after, upTo, names);
            String counted = database.value(
                    "select count(*) from domain_event_entry where global_index > %d and global_index <= %d and payload_type in ('%s')"
                            .formatted(after, upTo, String.join("', '", names)));
            assertThat(outline.events())
                    .as("seed 1, names %s after %d up to %d", names, after, upTo)
                    .isEqualTo(Long.parseLong(counted));
        }
    }

    @Test
    void a_long_stretch_without_a_wanted_event_is_left_out_and_neighbours_are_read_together() {
        events("wanted", 1, 3_000, 1);
        events("other", 3_001, 400_000, 1);
        events("wanted", 400_001, 400_010, 1);
        long horizon = horizon();

        HistoryOutline outline = inventory.outline(0, horizon, Set.of("wanted"));

        assertThat(outline.events()).isEqualTo(3_010);
        assertThat(outline.blocks())
                .containsExactly(
                        new Block(1, 1_023, 1_023),
                        new Block(1_024, 2_047, 1_024),
                        new Block(2_048, 3_071, 953),
                        new Block(399_360, 400_010, 10));
        assertThat(outline.stretch(0, 1_000_000, 1_000_000)).isEqualTo(2);
        assertThat(outline.stretch(0, 1_000_000, 1_500)).isEqualTo(1);
        assertThat(outline.stretch(0, 1_500, 1_000_000)).isZero();
        assertThat(outline.stretch(3, 10, 1)).isEqualTo(3);
    }

    @Test
    void what_is_counted_on_later_joins_the_block_that_was_begun() {
        events("thing.done", 1, 1_500, 1);
        horizon();
        events("thing.done", 1_501, 2_000, 1);
        long horizon = horizon();
        assertThat(inventory.outline(0, horizon, Set.of("thing.done")).blocks())
                .containsExactly(new Block(1, 1_023, 1_023), new Block(1_024, 2_000, 977));
    }
}
