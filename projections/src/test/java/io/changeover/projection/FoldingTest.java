package io.changeover.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.event.EventSerializer;
import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.projection.WorkingSet.Changes;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.RowKey;
import io.changeover.view.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FoldingTest {

    private static final String BEHIND = "waits behind an earlier event of the same home";

    @EventType(name = "line.added")
    record LineAdded(String orderId, int line, String text) {}

    @EventType(name = "line.removed")
    record LineRemoved(String orderId, int line) {}

    @EventType(name = "order.renamed")
    record OrderRenamed(String orderId, String text) {}

    record Row(@Key String orderId, @Key int line, String text) {}

    @View(name = "order-lines", version = 1)
    static class Lines {

        @Fold
        Row added(LineAdded event) {
            return new Row(event.orderId(), event.line(), event.text());
        }

        @Fold
        @Nullable
        Row removed(Row row, LineRemoved event) {
            return null;
        }

        @Fold
        Row renamed(Row row, OrderRenamed event) {
            if (row.line() == 3) {
                throw new IllegalStateException("line 3 has no name");
            }
            return new Row(row.orderId(), row.line(), row.text() + event.text());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    private static final EventTypes TYPES =
            EventTypes.of(List.of(LineAdded.class, LineRemoved.class, OrderRenamed.class));

    private static final JsonNode NONE = JsonNodeFactory.instance.nullNode();

    /** Lines that were added to two orders in one event. */
    private static final EventStep PAIR_ADDED = EventStep.from("pair.added", 1)
            .splitInto(parts -> parts.also("line.added", 1, changes -> changes.remove("other", NONE, "the other order")
                            .add("line", 1))
                    .also("line.added", 1, changes -> changes.remove("other", NONE, "the other order")
                            .add("line", 2))
                    .also("line.added", 1, changes -> changes.remove("orderId", NONE, "the first order")
                            .rename("other", "orderId")
                            .add("line", 1)));

    private final FoldedVersion version = FoldedVersion.of(new Lines());
    private final Folding folding = new Folding(
            version,
            new EventReader(
                    TYPES, EventSteps.of(List.of(PAIR_ADDED), TYPES), new EventSerializer(TYPES).getObjectMapper()));
    private final WorkingSet set = new WorkingSet(version, Map.of());
    private final List<StoredRow> table = new ArrayList<>();
    private final List<Set<Object>> loads = new ArrayList<>();

    private static StoredEvent event(long position, String name, String aggregateId, String payload) {
        return new StoredEvent(
                position,
                "e" + position,
                "Order",
                aggregateId,
                position,
                name,
                "1",
                payload.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
    }

    private static StoredEvent added(long position, String order, int line) {
        return event(
                position,
                "line.added",
                order,
                "{\"orderId\":\"%s\",\"line\":%d,\"text\":\"a\"}".formatted(order, line));
    }

    private static StoredEvent removed(long position, String order, int line) {
        return event(position, "line.removed", order, "{\"orderId\":\"%s\",\"line\":%d}".formatted(order, line));
    }

    private static StoredEvent renamed(long position, String order, String text) {
        return event(position, "order.renamed", order, "{\"orderId\":\"%s\",\"text\":\"%s\"}".formatted(order, text));
    }

    private static StoredEvent pair(long position, String order, String other) {
        return event(
                position,
                "pair.added",
                order,
                "{\"orderId\":\"%s\",\"other\":\"%s\",\"text\":\"p\"}".formatted(order, other));
    }

    private void fold(StoredEvent... events) {
        fold(set, events);
    }

    private void fold(WorkingSet into, StoredEvent... events) {
        folding.fold(List.of(events), into, home -> true, (unready, homes) -> {
            loads.add(homes);
            unready.learn(
                    homes,
                    table.stream()
                            .filter(stored -> homes.contains(((Row) stored.row()).orderId()))
                            .toList(),
                    Set.of());
        });
    }

    private static StoredRow row(String order, int line, String text, long position) {
        return new StoredRow(new Row(order, line, text), position, "e" + position);
    }

    @Test
    void events_of_a_home_are_folded_in_order_and_its_rows_carry_their_provenance() {
        fold(added(1, "o1", 1), added(2, "o2", 1), added(3, "o1", 2), renamed(4, "o1", "b"), renamed(5, "o1", "c"));

        Changes changes = set.changes();
        assertThat(changes.fresh())
                .containsExactlyInAnyOrder(row("o1", 1, "abc", 5), row("o1", 2, "abc", 5), row("o2", 1, "a", 2));
        assertThat(changes.changed()).isEmpty();
        assertThat(changes.deleted()).isEmpty();
        assertThat(set.letters()).isEmpty();
        assertThat(set.size()).isEqualTo(3);
    }

    @Test
    void homes_are_loaded_once_and_all_together() {
        fold(added(1, "o1", 1), added(2, "o2", 1));
        fold(added(3, "o1", 2), added(4, "o3", 1));

        assertThat(loads).containsExactly(Set.of("o1", "o2"), Set.of("o3"));
    }

    @Test
    void a_row_that_the_table_has_is_changed_or_deleted() {
        table.add(row("o1", 1, "x", 1));
        table.add(row("o1", 2, "y", 1));

        fold(renamed(5, "o1", "b"), removed(6, "o1", 2));

        assertThat(set.changes().changed()).containsExactly(row("o1", 1, "xb", 5));
        assertThat(set.changes().deleted()).containsExactly(RowKey.of("o1", 2));
        assertThat(set.changes().fresh()).isEmpty();
    }

    @Test
    void a_row_that_comes_and_goes_in_one_batch_needs_no_writing() {
        fold(added(1, "o1", 1), removed(2, "o1", 1));

        assertThat(set.changes().isEmpty()).isTrue();
    }

    @Test
    void an_event_that_names_only_the_home_leaves_removed_rows_alone() {
        fold(added(1, "o1", 1), added(2, "o1", 2), removed(3, "o1", 1), renamed(4, "o1", "b"));

        assertThat(set.changes().fresh()).containsExactly(row("o1", 2, "ab", 4));
    }

    @Test
    void an_event_that_cannot_be_folded_is_parked_and_later_ones_of_its_home_wait_behind() {
        StoredEvent again = added(2, "o1", 1);
        StoredEvent later = added(4, "o1", 2);

        fold(added(1, "o1", 1), again, added(3, "o2", 1), later);

        assertThat(set.letters())
                .containsExactly(
                        new Letter(
                                "o1",
                                again,
                                "event 'LineAdded' makes a new row but row o1/1 exists already; give its fold a row parameter if that is allowed"),
                        new Letter("o1", later, BEHIND));
        assertThat(set.changes().fresh()).containsExactlyInAnyOrder(row("o1", 1, "a", 1), row("o2", 1, "a", 3));
    }

    @Test
    void a_home_that_waits_already_goes_on_waiting() {
        StoredEvent event = added(9, "o1", 1);
        set.learn(List.of("o1"), List.of(), Set.of("o1"));

        fold(event);

        assertThat(set.letters()).containsExactly(new Letter("o1", event, BEHIND));
        assertThat(set.changes().isEmpty()).isTrue();
    }

    @Test
    void a_home_whose_rows_the_database_refused_is_parked_with_its_reason() {
        StoredEvent event = added(9, "o1", 1);
        WorkingSet refused = new WorkingSet(version, Map.of("o1", "the database refuses the row: too big"));

        fold(refused, event, added(10, "o2", 1));

        assertThat(refused.letters()).containsExactly(new Letter("o1", event, "the database refuses the row: too big"));
        assertThat(refused.changes().fresh()).containsExactly(row("o2", 1, "a", 10));
    }

    @Test
    void an_event_that_fails_on_one_row_of_a_home_changes_none_of_them() {
        fold(added(1, "o1", 1), added(2, "o1", 3), added(3, "o1", 4));
        StoredEvent failing = renamed(4, "o1", "b");

        fold(failing);

        assertThat(set.letters())
                .containsExactly(new Letter(
                        "o1",
                        failing,
                        "the fold of 'OrderRenamed' threw java.lang.IllegalStateException: line 3 has no name"));
        assertThat(set.changes().fresh())
                .containsExactlyInAnyOrder(row("o1", 1, "a", 1), row("o1", 3, "a", 2), row("o1", 4, "a", 3));
        assertThat(set.size()).isEqualTo(3);
    }

    @Test
    void a_stored_event_that_stands_for_several_is_applied_in_each_of_its_homes() {
        fold(pair(1, "o1", "o2"));

        assertThat(set.changes().fresh())
                .containsExactlyInAnyOrder(row("o1", 1, "p", 1), row("o1", 2, "p", 1), row("o2", 1, "p", 1));
    }

    @Test
    void a_home_takes_all_events_that_one_stored_event_stands_for_or_none() {
        table.add(row("o1", 2, "x", 1));
        StoredEvent failing = pair(5, "o1", "o2");

        fold(failing);

        assertThat(set.letters()).extracting(Letter::home).containsExactly("o1");
        assertThat(set.changes().fresh()).containsExactly(row("o2", 1, "p", 5));
        assertThat(set.changes().changed()).isEmpty();
        assertThat(set.changes().deleted()).isEmpty();
        assertThat(set.size()).isEqualTo(2);
    }

    @Test
    void an_event_that_cannot_be_read_is_parked_under_its_aggregate() {
        StoredEvent unreadable = event(1, "line.added", "o1", "{\"orderId\":");
        StoredEvent later = added(2, "o1", 1);

        fold(unreadable, later);

        assertThat(set.letters()).hasSize(2);
        assertThat(set.letters().get(0).home()).isEqualTo("o1");
        assertThat(set.letters().get(0).cause())
                .startsWith("Event e1 at position 1 (line.added@1) cannot be read as today's class: ");
        assertThat(set.letters().get(1)).isEqualTo(new Letter("o1", later, BEHIND));
    }

    @Test
    void an_event_without_its_key_is_parked_under_its_aggregate() {
        StoredEvent keyless = event(1, "line.added", "o1", "{\"orderId\":null,\"line\":1,\"text\":\"a\"}");

        fold(keyless);

        assertThat(set.letters())
                .containsExactly(new Letter(
                        "o1",
                        keyless,
                        "event 'LineAdded' has null where the key of the row is expected; a key is never null"));
    }

    @Test
    void events_of_no_concern_are_passed_over_unread() {
        fold(event(1, "order.audited", "o1", "not JSON"));

        assertThat(set.letters()).isEmpty();
        assertThat(loads).isEmpty();
    }

    @Test
    void only_homes_in_charge_are_folded_and_parked() {
        folding.fold(
                List.of(
                        added(1, "o1", 1),
                        added(2, "o2", 1),
                        added(3, "o2", 1),
                        event(4, "line.added", "o3", "{"),
                        pair(5, "o4", "o1")),
                set,
                "o1"::equals,
                (unready, homes) -> unready.learn(homes, List.of(), Set.of()));

        assertThat(set.letters()).extracting(Letter::home).containsExactly("o1");
        assertThat(set.changes().fresh()).containsExactly(row("o1", 1, "a", 1));
    }

    @Test
    void the_homes_of_an_event_are_those_of_all_that_it_stands_for() {
        assertThat(folding.homes(pair(1, "o1", "o2"))).containsExactly("o1", "o2");
        assertThat(folding.homes(renamed(1, "o1", "b"))).containsExactly("o1");
        assertThat(folding.homes(event(1, "order.audited", "o1", "{}"))).isEmpty();
        assertThat(folding.homes(event(1, "line.added", "a1", "{"))).containsExactly("a1");
    }

    @Test
    void what_has_been_written_is_not_written_again() {
        fold(added(1, "o1", 1), added(2, "o1", 2), removed(3, "o1", 2));
        set.written();
        assertThat(set.changes().isEmpty()).isTrue();

        fold(renamed(4, "o1", "b"));

        assertThat(set.changes().fresh()).isEmpty();
        assertThat(set.changes().changed()).containsExactly(row("o1", 1, "ab", 4));
    }

    @Test
    void rows_that_are_forgotten_and_do_not_come_back_are_deleted() {
        table.add(row("o1", 1, "x", 1));
        table.add(row("o1", 2, "y", 1));
        set.learn(List.of("o1"), table, Set.of());
        set.forgetRows(List.of("o1"));

        fold(added(5, "o1", 1));

        assertThat(set.changes().changed()).containsExactly(row("o1", 1, "a", 5));
        assertThat(set.changes().deleted()).containsExactly(RowKey.of("o1", 2));
    }

    @Test
    void homes_that_are_not_kept_are_loaded_again() {
        fold(added(1, "o1", 1), added(2, "o2", 1));

        set.keepOnly("o1"::equals);

        assertThat(set.size()).isEqualTo(1);
        assertThat(set.knows("o1")).isTrue();
        assertThat(set.knows("o2")).isFalse();
    }
}
