package io.changeover.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.changeover.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FoldedVersionTest {

    private static final EventInfo INFO = new EventInfo(7, "e7", "o1", Instant.EPOCH);
    private static final String HERE = "io.changeover.view.FoldedVersionTest$";

    @EventType(name = "order.placed")
    record OrderPlaced(String orderId, String text) {}

    @EventType(name = "order.shipped")
    record OrderShipped(String orderId) {}

    @EventType(name = "order.noted")
    record OrderNoted(String reference, String text) {}

    @EventType(name = "order.cancelled")
    record OrderCancelled(String orderId) {}

    @EventType(name = "order.counted")
    record OrderCounted(long orderId) {}

    @EventType(name = "order.guarded")
    record OrderGuarded(String orderId) {

        @Override
        public String orderId() {
            throw new IllegalStateException("no identifier");
        }
    }

    @EventType(name = "line.added")
    record LineAdded(String orderId, int line, String text) {}

    record Plain(String orderId) {}

    record Row(@Key String orderId, String text, @Nullable Instant shippedAt) {}

    record Entry(@Key String orderId, String text) {}

    record LineRow(@Key String orderId, @Key int line, String text) {}

    record LineEntry(@Key String orderId, @Key int line, String text) {}

    @View(name = "order-board", version = 1)
    static class Board {

        @Fold
        Row placed(OrderPlaced event) {
            if (event.text().equals("broken")) {
                throw new IllegalStateException("cannot place");
            }
            return new Row(event.text().equals("other key") ? "o2" : event.orderId(), event.text(), null);
        }

        @Fold
        Row shipped(EventInfo info, OrderShipped event, Row row) {
            return new Row(row.orderId(), row.text(), info.time());
        }

        @Fold(key = "reference")
        Row noted(OrderNoted event, @Nullable Row row) {
            return new Row(event.reference(), (row == null ? "" : row.text() + ", ") + event.text(), null);
        }

        @Fold
        @Nullable
        Row cancelled(Row row, OrderCancelled event) {
            return null;
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.orderId(), row.text());
        }
    }

    @View(name = "order-lines", version = 1)
    static class Lines {

        @Fold
        LineRow added(LineAdded event) {
            return new LineRow(event.orderId(), event.line(), event.text());
        }

        @Fold
        LineRow shipped(LineRow row, OrderShipped event) {
            return new LineRow(row.orderId(), row.line(), "shipped");
        }

        @Canonical
        LineEntry entry(LineRow row) {
            return new LineEntry(row.orderId(), row.line(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class Static {
        @Fold
        static Row placed(OrderPlaced event) {
            return new Row(event.orderId(), event.text(), null);
        }

        @Fold
        static Row shipped(Row row, OrderShipped event) {
            return row;
        }

        @Canonical
        static Entry entry(Row row) {
            return new Entry(row.orderId(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class Guarded {
        @Fold
        Row guarded(OrderGuarded event) {
            return new Row("o1", "a", null);
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.orderId(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class Failing {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.orderId(), event.text(), null);
        }

        @Canonical
        @Nullable
        Entry entry(Row row) {
            if (row.text().equals("nothing")) {
                return null;
            }
            throw new IllegalArgumentException("no entry");
        }
    }

    private final FoldedVersion board = FoldedVersion.of(new Board());
    private final FoldedVersion lines = FoldedVersion.of(new Lines());

    private static List<String> problemsOf(Object declaration) {
        try {
            FoldedVersion.of(declaration);
            return List.of();
        } catch (InvalidViewException e) {
            return e.problems();
        }
    }

    private void refuses(@Nullable Object row, Object event, String message) {
        assertThatExceptionOfType(FoldException.class)
                .isThrownBy(() -> board.fold(row, event, INFO))
                .withMessage(message);
    }

    @Test
    void a_version_knows_its_name_rows_and_events() {
        assertThat(board.id()).isEqualTo(new VersionId("order-board", 1));
        assertThat(board).hasToString("order-board@1");
        assertThat(board.rows().type()).isEqualTo(Row.class);
        assertThat(board.eventNames())
                .containsExactlyInAnyOrder("order.placed", "order.shipped", "order.noted", "order.cancelled");
        assertThat(board.handles(new OrderShipped("o1"))).isTrue();
        assertThat(board.handles(new Plain("o1"))).isFalse();
    }

    @Test
    void a_fold_without_row_makes_one() {
        assertThat(board.fold(null, new OrderPlaced("o1", "a"), INFO)).isEqualTo(new Row("o1", "a", null));
    }

    @Test
    void a_fold_with_row_changes_it_whatever_the_order_of_its_parameters() {
        assertThat(board.fold(new Row("o1", "a", null), new OrderShipped("o1"), INFO))
                .isEqualTo(new Row("o1", "a", Instant.EPOCH));
    }

    @Test
    void a_fold_with_a_nullable_row_does_both() {
        assertThat(board.fold(null, new OrderNoted("o1", "b"), INFO)).isEqualTo(new Row("o1", "b", null));
        assertThat(board.fold(new Row("o1", "a", null), new OrderNoted("o1", "b"), INFO))
                .isEqualTo(new Row("o1", "a, b", null));
    }

    @Test
    void null_deletes_the_row() {
        assertThat(board.fold(new Row("o1", "a", null), new OrderCancelled("o1"), INFO))
                .isNull();
    }

    @Test
    void a_row_comes_out_as_the_database_would_return_it() {
        EventInfo nanos = new EventInfo(7, "e7", "o1", Instant.parse("2004-11-05T10:00:00.123456789Z"));

        assertThat(board.fold(new Row("o1", "a", null), new OrderShipped("o1"), nanos))
                .isEqualTo(new Row("o1", "a", Instant.parse("2004-11-05T10:00:00.123456Z")));
    }

    @Test
    void the_key_is_what_the_event_names() {
        assertThat(board.key(new OrderPlaced("o1", "a"))).isEqualTo(RowKey.of("o1"));
        assertThat(board.key(new OrderNoted("o2", "a"))).isEqualTo(RowKey.of("o2"));
        assertThat(lines.key(new LineAdded("o1", 2, "a"))).isEqualTo(RowKey.of("o1", 2));
    }

    @Test
    void an_event_with_only_the_home_names_all_its_rows() {
        assertThat(lines.key(new OrderShipped("o1"))).isEqualTo(RowKey.of("o1"));
        assertThat(lines.fold(new LineRow("o1", 2, "a"), new OrderShipped("o1"), INFO))
                .isEqualTo(new LineRow("o1", 2, "shipped"));
    }

    @Test
    void a_row_becomes_its_canonical_record() {
        assertThat(board.canonical().of(new Row("o1", "a", null))).isEqualTo(new Entry("o1", "a"));
        assertThat(board.canonical().shape().type()).isEqualTo(Entry.class);
    }

    @Test
    void a_static_fold_is_a_fold() {
        FoldedVersion version = FoldedVersion.of(new Static());

        Object row = version.fold(null, new OrderPlaced("o1", "a"), INFO);
        assertThat(version.fold(row, new OrderShipped("o1"), INFO)).isEqualTo(new Row("o1", "a", null));
        assertThat(version.canonical().of(new Row("o1", "a", null))).isEqualTo(new Entry("o1", "a"));
    }

    @Test
    void a_row_that_must_not_exist_is_a_failure() {
        refuses(
                new Row("o1", "a", null),
                new OrderPlaced("o1", "b"),
                "event 'OrderPlaced' makes a new row but row o1 exists already; give its fold a row parameter if that is allowed");
    }

    @Test
    void a_row_that_must_exist_is_a_failure() {
        refuses(
                null,
                new OrderShipped("o1"),
                "event 'OrderShipped' changes row o1 but there is no such row; mark the row parameter @Nullable if that is allowed");
    }

    @Test
    void a_fold_that_throws_is_a_failure_with_its_cause() {
        assertThatExceptionOfType(FoldException.class)
                .isThrownBy(() -> board.fold(null, new OrderPlaced("o1", "broken"), INFO))
                .withMessage("the fold of 'OrderPlaced' threw java.lang.IllegalStateException: cannot place")
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage("cannot place");
    }

    @Test
    void a_row_that_cannot_be_stored_is_a_failure() {
        refuses(
                null,
                new OrderNoted("o1", "a\0"),
                "component 'text' of the row contains the character U+0000, which PostgreSQL cannot store; remove it in the fold");
        refuses(
                new Row("o1", null, null),
                new OrderShipped("o1"),
                "component 'text' of the row is null but not @Nullable; give it a value or annotate it");
    }

    @Test
    void a_fold_that_changes_the_key_is_a_failure() {
        refuses(
                null,
                new OrderPlaced("o1", "other key"),
                "the fold returned a row with key o2 for key o1; a fold must not change the key");
        refuses(
                new Row("o1", "a", null),
                new OrderNoted("o2", "b"),
                "the fold returned a row with key o2 for key o1; a fold must not change the key");
    }

    @Test
    void an_event_without_its_key_is_a_failure() {
        assertThatExceptionOfType(FoldException.class)
                .isThrownBy(() -> board.key(new OrderPlaced(null, "a")))
                .withMessage("event 'OrderPlaced' has null where the key of the row is expected; a key is never null");
    }

    @Test
    void an_event_that_throws_when_asked_for_its_key_is_a_failure() {
        assertThatExceptionOfType(FoldException.class)
                .isThrownBy(() -> FoldedVersion.of(new Guarded()).key(new OrderGuarded("o1")))
                .withMessage("the key of event 'OrderGuarded' threw java.lang.IllegalStateException: no identifier");
    }

    @Test
    void an_event_without_fold_cannot_be_folded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.key(new Plain("o1")))
                .withMessage("order-board@1 has no fold for " + HERE + "Plain");
    }

    @Test
    void a_canonical_method_that_fails_or_gives_nothing_names_itself() {
        CanonicalForm canonical = FoldedVersion.of(new Failing()).canonical();

        assertThatIllegalStateException()
                .isThrownBy(() -> canonical.of(new Row("o1", "a", null)))
                .withMessage("@Canonical method 'entry' failed: java.lang.IllegalArgumentException: no entry");
        assertThatIllegalStateException()
                .isThrownBy(() -> canonical.of(new Row("o1", "nothing", null)))
                .withMessage(
                        "@Canonical method 'entry' returned null for row Row[orderId=o1, text=nothing, shippedAt=null]; every row has a canonical record");
    }

    // Wrong declarations, one for each rule.

    static class NoAnnotation {}

    @View(name = "v", version = 1)
    static class NoCanonical {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.orderId(), event.text(), null);
        }
    }

    @View(name = "v", version = 1)
    static class NoFold {
        @Canonical
        Entry entry(Row row) {
            return new Entry(row.orderId(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class OtherKey {
        @Fold
        LineRow added(LineAdded event) {
            return new LineRow(event.orderId(), event.line(), event.text());
        }

        @Canonical
        Entry entry(LineRow row) {
            return new Entry(row.orderId(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class OtherParameter extends NoFold {
        @Fold
        Row placed(OrderPlaced event, String more) {
            return new Row(event.orderId(), more, null);
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v", version = 1)
    static class TwoEvents extends NoFold {
        @Fold
        Row placed(OrderPlaced event, OrderShipped other) {
            return new Row(event.orderId(), event.text(), null);
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v", version = 1)
    static class OtherResult extends NoFold {
        @Fold
        Entry placed(OrderPlaced event) {
            return new Entry(event.orderId(), event.text());
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v", version = 1)
    static class NoKeyInEvent extends NoFold {
        @Fold
        Row noted(OrderNoted event) {
            return new Row(event.reference(), event.text(), null);
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v", version = 1)
    static class OtherKeyType extends NoFold {
        @Fold
        Row counted(OrderCounted event) {
            return new Row("o" + event.orderId(), "", null);
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v", version = 1)
    static class PartOfKeyWithoutRow {
        @Fold
        LineRow shipped(OrderShipped event) {
            return new LineRow(event.orderId(), 1, "");
        }

        @Canonical
        LineEntry entry(LineRow row) {
            return new LineEntry(row.orderId(), row.line(), row.text());
        }
    }

    @View(name = "v", version = 1)
    static class Twice extends NoFold {
        @Fold
        Row first(OrderPlaced event) {
            return new Row(event.orderId(), event.text(), null);
        }

        @Fold
        Row second(OrderPlaced event) {
            return new Row(event.orderId(), event.text(), null);
        }

        @Fold
        Row third(Row row, OrderShipped event) {
            return row;
        }

        @Fold
        Row fourth(Row row, OrderShipped event, EventInfo info) {
            return row;
        }

        @Canonical
        @Override
        Entry entry(Row row) {
            return super.entry(row);
        }
    }

    @View(name = "v\"; drop table x", version = 1)
    static class UnsafeName extends NoFold {}

    @Test
    void a_class_without_annotation_is_refused() {
        assertThat(problemsOf(new NoAnnotation()))
                .containsExactly("class '" + HERE + "NoAnnotation' has no @View; annotate it");
    }

    @Test
    void a_name_that_is_not_safe_is_refused() {
        assertThatExceptionOfType(InvalidVersionIdException.class)
                .isThrownBy(() -> FoldedVersion.of(new UnsafeName()))
                .withMessage(
                        "View name 'v\"; drop table x' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most 40 characters; rename the view");
    }

    @Test
    void a_class_without_canonical_method_is_refused() {
        assertThat(problemsOf(new NoCanonical()))
                .containsExactly(
                        "there are 0 @Canonical methods but there must be one, from the row's record to the canonical record");
    }

    @Test
    void a_class_without_fold_is_refused() {
        assertThat(problemsOf(new NoFold()))
                .containsExactly("there is no @Fold method but a folded version needs at least one; add one");
    }

    @Test
    void a_canonical_record_with_another_number_of_keys_is_refused() {
        assertThat(problemsOf(new OtherKey()))
                .containsExactly(
                        "canonical record 'Entry' has 1 @Key components but row 'LineRow' has 2; both must name the same key");
    }

    @Test
    void a_fold_with_a_parameter_that_it_may_not_have_is_refused() {
        assertThat(problemsOf(new OtherParameter()))
                .containsExactly(
                        "@Fold method '%1$sRow %1$sOtherParameter.placed(%1$sOrderPlaced,java.lang.String)' has a parameter of type 'String' but may take only the row, one event with @EventType and an EventInfo; remove it"
                                .formatted(HERE));
    }

    @Test
    void a_fold_of_two_events_is_refused() {
        assertThat(problemsOf(new TwoEvents()))
                .containsExactly(
                        "@Fold method '%1$sRow %1$sTwoEvents.placed(%1$sOrderPlaced,%1$sOrderShipped)' must take exactly one event and at most one row and one EventInfo; correct its parameters"
                                .formatted(HERE));
    }

    @Test
    void a_fold_with_another_result_is_refused() {
        assertThat(problemsOf(new OtherResult()))
                .containsExactly(
                        "@Fold method '%1$sEntry %1$sOtherResult.placed(%1$sOrderPlaced)' returns 'Entry' but must return the row 'Row'; correct its result"
                                .formatted(HERE));
    }

    @Test
    void a_fold_whose_event_does_not_name_the_key_is_refused() {
        assertThat(problemsOf(new NoKeyInEvent()))
                .containsExactly(
                        "@Fold method '%1$sRow %1$sNoKeyInEvent.noted(%1$sOrderNoted)' finds no component 'orderId' in event 'OrderNoted' for the key of row 'Row'; name the event's own component with @Fold(key = ...)"
                                .formatted(HERE));
    }

    @Test
    void a_fold_whose_event_has_a_key_of_another_type_is_refused() {
        assertThat(problemsOf(new OtherKeyType()))
                .containsExactly(
                        "@Fold method '%1$sRow %1$sOtherKeyType.counted(%1$sOrderCounted)' takes its key from 'orderId' of type 'long' but the row's key 'orderId' is of type 'String'; use the same type"
                                .formatted(HERE));
    }

    @Test
    void a_fold_with_part_of_the_key_must_take_a_row() {
        assertThat(problemsOf(new PartOfKeyWithoutRow()))
                .containsExactly(
                        "@Fold method '%1$sLineRow %1$sPartOfKeyWithoutRow.shipped(%1$sOrderShipped)' names only part of the key, so it touches all existing rows of a home and must take a row that is not @Nullable; add the row parameter or the missing key components"
                                .formatted(HERE));
    }

    @Test
    void two_folds_of_one_form_are_refused() {
        assertThat(problemsOf(new Twice()))
                .containsExactlyInAnyOrder(
                        "two @Fold methods take event 'OrderPlaced' without a row but each form may exist once; remove one",
                        "two @Fold methods take event 'OrderShipped' with a row but each form may exist once; remove one");
    }

    @View(name = "v", version = 1)
    static class TwoProblems {
        record Keyless(String id) {}

        @Fold
        Keyless placed(OrderPlaced event) {
            return new Keyless(event.orderId());
        }

        @Canonical
        Entry entry(Keyless row) {
            return new Entry(row.id(), "");
        }
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThatExceptionOfType(InvalidViewException.class)
                .isThrownBy(() -> FoldedVersion.of(new TwoProblems()))
                .withMessage(
                        """
                        View class 'TwoProblems' cannot be used:
                          - record 'Keyless' has no @Key component but a row needs a key; annotate one
                          - canonical record 'Entry' has 1 @Key components but row 'Keyless' has 0; both must name the same key""");
    }
}
