package io.changeover.seats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.operation.OperationRefusedException;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.selfcheck.SelfCheckReport.Disagreement;
import io.changeover.selfcheck.SelfCheckReport.Sample;
import io.changeover.selfcheck.SelfCheckReport.Verdict;
import io.changeover.view.VersionId;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SelfCheckTest extends SeatsTest {

    private static final VersionId COUNT = VersionId.parse("seat-count@1");

    private SelfCheckReport all(VersionId version) {
        return rows().selfCheck(version, 1_000, true, null);
    }

    private void stock() {
        for (int show = 0; show < 20; show++) {
            store.reserved("s-" + show, 1, "bob");
            store.reservedAsOfOld("s-" + show, 2, "iris");
            store.paid("s-" + show, 1, 5);
        }
        build();
    }

    @Test
    void a_version_that_nobody_has_touched_is_what_its_events_make_it() {
        stock();
        SelfCheckReport report = all(V2);
        assertThat(report.verdict()).isEqualTo(Verdict.SAME);
        assertThat(report.reason()).isEqualTo("All 40 rows of 20 homes are what their events make them");
        assertThat(report.seed()).isNull();
        assertThat(report.sql()).isNull();
        SelfCheckReport drawn = rows().selfCheck(V1, 7, false, 11L);
        assertThat(drawn.homes()).isEqualTo(7);
        assertThat(drawn.same()).isEqualTo(14);
        assertThat(drawn.seed()).isEqualTo(11);
    }

    @Test
    void rows_that_somebody_changed_removed_or_added_are_found_and_nothing_is_written() {
        stock();
        database.run(
                "update views.seat_plan_v2 set day = 'never' where show = 's-3' and seat = 2",
                "update views.seat_plan_v2 set _event_id = 'another' where show = 's-4' and seat = 1",
                "delete from views.seat_plan_v2 where show = 's-7'",
                "insert into views.seat_plan_v2 values ('stranger', 1, 'zoe', '[]', '', 1, 'by hand')");
        String before =
                database.value("select md5(string_agg(t::text, ';' order by show, seat)) from views.seat_plan_v2 t");
        SelfCheckReport report = all(V2);
        assertThat(report.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(report)
                .extracting(
                        SelfCheckReport::homes,
                        SelfCheckReport::same,
                        SelfCheckReport::changed,
                        SelfCheckReport::missing,
                        SelfCheckReport::superfluous,
                        SelfCheckReport::parked)
                .containsExactly(21L, 36L, 2L, 2L, 1L, 0L);
        assertThat(report.reason())
                .isEqualTo(
                        "5 of 41 rows are not what their events make them: something other than the fold has written them, or it does not fold the same twice");
        assertThat(report.samples())
                .extracting(Sample::key, Sample::kind, Sample::fields)
                .containsExactlyInAnyOrder(
                        tuple("s-3/2", "changed", List.of("day")),
                        tuple("s-4/1", "changed", List.of("_event_id")),
                        tuple("s-7/1", "missing", List.of()),
                        tuple("s-7/2", "missing", List.of()),
                        tuple("stranger/1", "superfluous", List.of()));
        assertThat(report.samples().toString()).doesNotContain("bob", "iris", "zoe");
        assertThat(database.value("select md5(string_agg(t::text, ';' order by show, seat)) from views.seat_plan_v2 t"))
                .isEqualTo(before);

        // A draw as large as the view finds the missing row too, as it draws from events as well.
        assertThat(rows().selfCheck(V2, 1_000, false, 3L).missing()).isEqualTo(2);
    }

    @Test
    void homes_whose_events_wait_prove_nothing() {
        SeatsDomain.BROKEN.add("s-3");
        stock();
        SelfCheckReport report = all(V2);
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(report.parked()).isEqualTo(1);
        assertThat(report.reason())
                .isEqualTo("Nothing differs, but dead letters wait for 1 of 20 homes, and those prove nothing");
        SeatsDomain.BROKEN.clear();
        assertThat(all(V2).verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    }

    @Test
    void a_canonical_form_that_is_another_in_sql_is_found() {
        for (int show = 1; show <= 5; show++) {
            for (int seat = 0; seat < show; seat++) {
                store.reserved("s-" + show, seat, "bob");
            }
        }
        node.awaitCaughtUp("seat-count@1");
        SelfCheckReport report = all(COUNT);
        assertThat(report.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(report.changed()).isZero();
        assertThat(report.sql().rows()).isEqualTo(5);
        assertThat(report.sql().disagreeing()).isEqualTo(2);
        assertThat(report.sql().samples())
                .extracting(Disagreement::key, Disagreement::fields)
                .containsExactlyInAnyOrder(tuple("s-3", List.of("seats")), tuple("s-5", List.of()));
        assertThat(report.reason())
                .isEqualTo(
                        "The rows are what their events make them, but in 2 of 5 the canonical form in SQL is another than in Java: correct @CanonicalSql, or leave it out");
    }

    @Test
    void what_cannot_be_checked_is_refused() {
        node.awaitState("seat-count@1", "live");
        assertThat(all(COUNT).reason()).isEqualTo("There is no home to check, so nothing is proven");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> all(V2))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("not-built"));
    }
}
