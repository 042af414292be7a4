package io.changeover.seats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.explain.Explanation;
import io.changeover.explain.Explanation.Event;
import io.changeover.explain.Explanation.FieldParting;
import io.changeover.explain.Explanation.Parting;
import io.changeover.operation.OperationRefusedException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExplainTest extends SeatsTest {

    @Test
    void a_wrong_fold_is_explained_by_the_event_at_which_the_forms_part_and_the_steps_that_read_it() {
        SeatsDomain.WRONG.add("bob");
        long reserved = store.reserved("hamlet", 1, "bob");
        store.reserved("hamlet", 2, "iris");
        store.moved("hamlet", "monday");
        store.paid("hamlet", 2, 70);
        long paid = store.paidAsOfOld("hamlet", 1, 50);
        long later = store.paid("hamlet", 1, 20);
        build();

        Explanation found = explain("hamlet", "1");
        assertThat(found.left().version()).isEqualTo("seat-plan@1");
        assertThat(found.right().version()).isEqualTo("seat-plan@2");
        assertThat(found.events())
                .extracting(Event::name)
                .containsExactly("seat.reserved", "show.moved", "seat.paid", "seat.paid");
        assertThat(found.parting())
                .isEqualTo(new Parting(
                        paid,
                        "seat.paid@1",
                        List.of("seat.paid 1 -> 2", "seat.paid 2 -> 3"),
                        "different",
                        List.of("cents"),
                        null));
        assertThat(found.fields()).containsExactly(new FieldParting("cents", paid));
        assertThat(found.foldsOwn()).isTrue();
        assertThat(found.summary())
                .isEqualTo(
                        "'seat-plan@1' and 'seat-plan@2' fold hamlet/1 differently from event seat.paid@1 at position %d on, read by seat.paid 1 -> 2, seat.paid 2 -> 3: they differ in cents. Before that they parted once and came together again. Both stored rows are what their folds make, so the difference is the folds' own and a repair cannot remove it: mend a fold and rebuild, or declare that the field may differ."
                                .formatted(paid));

        Event wrong = found.events().get(2);
        assertThat(wrong.position()).isEqualTo(paid);
        assertThat(wrong.parts()).isTrue();
        assertThat(wrong.revision()).isEqualTo("1");
        assertThat(wrong.payload()).asString().isEqualTo("{\"show\":\"hamlet\",\"no\":1,\"amount\":50}");
        assertThat(wrong.today()).singleElement().satisfies(today -> assertThat(today.payload())
                .asString()
                .isEqualTo("{\"show\":\"hamlet\",\"seat\":1,\"cents\":50}"));
        assertThat(wrong.left().changed()).containsExactly("cents");
        assertThat(wrong.right().changed()).containsExactly("payments");
        assertThat(wrong.left().record()).containsEntry("cents", 50L);
        assertThat(wrong.right().record()).containsEntry("cents", 51L);
        assertThat(found.events().get(3).position()).isEqualTo(later);
        assertThat(found.events().get(3).parts()).isFalse();
        assertThat(found.events().get(0).position()).isEqualTo(reserved);
    }

    @Test
    void a_parting_that_is_over_is_told_as_such() {
        long reserved = store.reserved("hamlet", 1, "bob");
        long moved = store.moved("hamlet", "monday");
        store.paid("hamlet", 1, 50);
        build();
        Explanation found = explain("hamlet/1");
        assertThat(found.parting()).isNull();
        assertThat(found.fields()).isEmpty();
        assertThat(found.earlier())
                .containsExactly(
                        new Parting(reserved, "seat.reserved@2", List.of(), "different", List.of("day"), moved));
        assertThat(found.events()).extracting(Event::parts).containsExactly(true, false, false);
        assertThat(found.events()).extracting(Event::meets).containsExactly(false, true, false);
        assertThat(found.foldsOwn()).isFalse();
        assertThat(found.summary())
                .isEqualTo(
                        "'seat-plan@1' and 'seat-plan@2' fold hamlet/1 to the same through 3 events. Before that they parted once and came together again.");
    }

    @Test
    void what_is_sensitive_is_masked_in_rows_and_in_payloads_of_any_revision() {
        store.reservedAsOfOld("hamlet", 1, "bob");
        store.moved("hamlet", "monday");
        build();
        Explanation found = explain("hamlet", "1");
        assertThat(found.toString()).doesNotContain("bob");
        Event reserved = found.events().get(0);
        String payload = String.valueOf(reserved.payload());
        assertThat(payload).contains("\"show\":\"hamlet\"", "\"no\":1", "\"name\":\"masked:", "\"note\":\"masked:");
        String mask = (String) reserved.left().row().get("guest");
        assertThat(mask).startsWith("masked:");
        assertThat(reserved.today().get(0).payload().path("guest").asString()).isEqualTo(mask);
        assertThat(found.left().record()).containsEntry("guest", mask);
        assertThat(found.right().record()).containsEntry("guest", mask);
        Explanation unmasked = rows().explainUnmasked("seat-plan", List.of("hamlet", "1"), null, null);
        assertThat(unmasked.toString()).contains("bob").doesNotContain("masked:");
    }

    @Test
    void a_row_that_was_changed_by_hand_is_told_from_one_that_its_fold_has_made() {
        store.reserved("hamlet", 1, "bob");
        store.moved("hamlet", "monday");
        store.reserved("hamlet", 2, "iris");
        store.moved("hamlet", "tuesday");
        build();
        database.run(
                "update views.seat_plan_v2 set day = 'never' where seat = 1",
                "delete from views.seat_plan_v1 where seat = 2",
                "insert into views.seat_plan_v1 values ('hamlet', 9, 'zoe', 0, 'monday', 1, 'by hand')");
        Explanation found = explain("hamlet", "1");
        assertThat(found.parting()).isNull();
        assertThat(found.left().stored()).isEqualTo("as-folded");
        assertThat(found.right().stored()).isEqualTo("changed");
        assertThat(found.right().fields()).containsExactly("day");
        assertThat(found.right().row()).containsEntry("day", "never");
        assertThat(found.right().folded()).containsEntry("day", "tuesday");
        assertThat(found.right().remedy()).isEqualTo("changeover repair seat-plan@2 --home hamlet");
        assertThat(found.summary())
                .endsWith(
                        "The stored row of 'seat-plan@2' was changed by something other than its fold in day: changeover repair seat-plan@2 --home hamlet.");

        Explanation missing = explain("hamlet", "2");
        assertThat(missing.left().stored()).isEqualTo("missing");
        assertThat(missing.summary())
                .contains(
                        "The row that 'seat-plan@1' folds is not stored, so something other than its fold removed it");
        Explanation extra = explain("hamlet", "9");
        assertThat(extra.left().stored()).isEqualTo("superfluous");
        assertThat(extra.events()).isEmpty();
        assertThat(extra.summary())
                .contains("'seat-plan@1' stores a row that its folds do not make, so something else put it there");
    }

    @Test
    void a_row_that_is_deleted_and_made_again_is_followed() {
        store.reserved("hamlet", 1, "bob");
        store.freed("hamlet", 1);
        store.reserved("hamlet", 1, "iris");
        store.moved("hamlet", "monday");
        build();
        assertThat(explain("hamlet", "1").events())
                .extracting(event -> event.left().effect())
                .containsExactly("created", "deleted", "created", "changed");
    }

    @Test
    void a_home_whose_events_wait_says_why() {
        SeatsDomain.BROKEN.add("hamlet");
        store.reserved("hamlet", 1, "bob");
        store.moved("hamlet", "monday");
        long failed = store.paid("hamlet", 1, 5);
        store.paid("hamlet", 1, 6);
        build();
        Explanation found = explain("hamlet", "1");
        assertThat(found.parting().position()).isEqualTo(failed);
        assertThat(found.events())
                .extracting(event -> event.right().effect())
                .containsExactly("created", "changed", "failed", "waits");
        assertThat(found.events().get(2).right().failure())
                .isEqualTo("the fold of 'Paid' threw java.lang.IllegalStateException: show hamlet is broken");
        assertThat(found.right().parked()).isEqualTo(2);
        assertThat(found.summary())
                .contains(
                        "2 events of its home wait in 'seat-plan@2' as dead letters, because the fold of 'Paid' threw java.lang.IllegalStateException: show hamlet is broken: changeover dead-letters seat-plan@2.");

        SeatsDomain.BROKEN.clear(); // mended, but nobody has retried
        Explanation mended = explain("hamlet", "1");
        assertThat(mended.right().stored()).isEqualTo("waits");
        assertThat(mended.summary()).doesNotContain("something other than its fold");
    }

    @Test
    void of_a_foreign_version_only_the_stored_row_is_told_and_since_when_the_other_differs_from_it() {
        store.reserved("hamlet", 1, "bob");
        store.moved("hamlet", "monday");
        long paid = store.paid("hamlet", 1, 50);
        store.moved("hamlet", "tuesday");
        build();
        database.run("insert into seat_list values ('hamlet', 1, 'bob', 0, 'tuesday')");
        Explanation found = rows().explain("seat-plan", List.of("hamlet", "1"), 3, 1);
        assertThat(found.left().maintained()).isEqualTo("foreign");
        assertThat(found.left().stored()).isEqualTo("not-folded");
        assertThat(found.events()).allSatisfy(event -> assertThat(event.left()).isNull());
        assertThat(found.fields()).containsExactly(new FieldParting("cents", paid));
        assertThat(found.events())
                .filteredOn(Event::parts)
                .extracting(Event::position)
                .containsExactly(paid);
        assertThat(found.summary())
                .isEqualTo(
                        "Of 'seat-plan@3' only its stored row is known: 'seat-plan@1' has differed from it as it does now since event seat.paid@3 at position %d: they differ in cents."
                                .formatted(paid));
    }

    @Test
    void of_very_many_events_the_first_the_last_and_those_around_partings_are_told() {
        store.reserved("hamlet", 1, "bob");
        store.moved("hamlet", "monday");
        for (int i = 0; i < 600; i++) {
            store.paid("hamlet", 1, 1);
        }
        SeatsDomain.WRONG.add("iris");
        store.freed("hamlet", 1);
        store.reserved("hamlet", 1, "iris");
        store.moved("hamlet", "tuesday");
        long wrong = store.paid("hamlet", 1, 1);
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select 'many-' || i, 0, 'Seat', gen_random_uuid(), '{}',
                    convert_to('{"show":"hamlet","seat":1,"cents":1}', 'UTF8'), '3', 'seat.paid', '2026-01-01T00:00:00Z'
                from generate_series(1, 2500) i""");
        build();
        Explanation found = explain("hamlet", "1");
        assertThat(found.events()).hasSizeLessThanOrEqualTo(1_000);
        assertThat(found.events().size() + found.leftOut()).isEqualTo(3_106);
        assertThat(found.parting().position()).isEqualTo(wrong);
        assertThat(found.events())
                .filteredOn(Event::parts)
                .extracting(Event::position)
                .contains(wrong);
        assertThat(found.events().get(0).name()).isEqualTo("seat.reserved");
    }

    @Test
    void a_key_that_is_none_is_refused() {
        store.reserved("hamlet", 1, "bob");
        build();
        refuses(
                "invalid-key",
                "Key 'hamlet' must have the components of the key of 'seat-plan', which are show (text), seat (integer); give each in this order",
                "hamlet");
        refuses(
                "invalid-key",
                "Key 'hamlet first' must have the components of the key of 'seat-plan', which are show (text), seat (integer); give each in this order",
                "hamlet",
                "first");
        refuses(
                "unknown-key",
                "There is no row and no event of key 'hamlet/7' in 'seat-plan@1' or 'seat-plan@2'; write the key as a comparison shows it",
                "hamlet",
                "7");
    }

    @Test
    void before_a_second_version_is_there_the_one_that_is_explains_itself() {
        store.reserved("hamlet", 1, "bob");
        node.awaitCaughtUp("seat-plan@1");
        Explanation found = rows().explain("seat-plan", List.of("hamlet/1"), 1, 1);
        assertThat(found.left()).isEqualTo(found.right());
        assertThat(found.summary()).isEmpty();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> rows().explain("seat-plan", List.of("hamlet/1"), 1, 2))
                .withMessage(
                        "Version 'seat-plan@2' has not been built, so it has no rows to explain; name another one, or declare a changeover to it and run its backfill");
    }

    private void refuses(String rule, String message, String... key) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> explain(key))
                .withMessage(message)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }
}
