package io.changeover.seats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.repair.HomeRepair;
import io.changeover.repair.RepairReport;
import io.changeover.repair.RepairTarget;
import io.changeover.repair.RepairedHome;
import io.changeover.selfcheck.SelfCheckReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepairTest extends SeatsTest {

    private static final String ROWS =
            "select md5(string_agg(t::text, ';' order by show, seat)) from views.seat_plan_v2 t";

    private void stock() {
        for (int show = 0; show < 8; show++) {
            store.reserved("s-" + show, 1, "bob");
            store.reservedAsOfOld("s-" + show, 2, "iris");
            store.paid("s-" + show, 1, 5);
            store.moved("s-" + show, "monday");
        }
        build();
    }

    private void plantWrongRows() {
        database.run(
                "update views.seat_plan_v2 set day = 'never' where show = 's-3' and seat = 2",
                "delete from views.seat_plan_v2 where show = 's-5'",
                "insert into views.seat_plan_v2 values ('stranger', 1, 'zoe', '[]', '', 1, 'by hand')");
    }

    private RepairReport repair(RepairTarget target, boolean dryRun) {
        return rows().repair(V2, target, dryRun, ANN);
    }

    private Verdict verdict() {
        return node.operations().compare(V1, V2).verdict();
    }

    private List<RepairedHome> trail() {
        return rows().repairs("seat-plan");
    }

    @Test
    void exactly_the_homes_that_differ_are_made_anew_and_each_is_in_the_audit_trail() {
        stock();
        plantWrongRows();
        RepairReport report = repair(new RepairTarget.DifferingFrom(V1), false);
        assertThat(report)
                .extracting(
                        RepairReport::version,
                        RepairReport::target,
                        RepairReport::homes,
                        RepairReport::repaired,
                        RepairReport::same,
                        RepairReport::foldsOwn,
                        RepairReport::stopped,
                        RepairReport::note)
                .containsExactly("seat-plan@2", "rows that differ from seat-plan@1", 3L, 3L, 0L, 0L, null, null);
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(trail()).extracting(RepairedHome::home).containsExactlyInAnyOrder("s-3", "s-5", "stranger");
        assertThat(trail()).allSatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(entry.reason()).isEqualTo("a row was wrong");
            assertThat(entry.repair()).isEqualTo(report.repair());
            assertThat(entry.version()).isEqualTo("seat-plan@2");
        });
        RepairedHome changed = trail().stream()
                .filter(entry -> entry.home().equals("s-3"))
                .findFirst()
                .orElseThrow();
        assertThat(changed.before().get(0).path("day").asString()).isEqualTo("never");
        assertThat(changed.after().get(0).path("day").asString()).isEqualTo("monday");
        assertThat(changed.before().get(0).path("person").asString()).startsWith("masked:");
        assertThat(changed.after().get(0).path("_position").asLong()).isPositive();
        assertThat(database.value(
                        "select string_agg(rows_before::text || rows_after::text, '') from changeover.repaired_home"))
                .doesNotContain("bob", "iris", "zoe");

        RepairReport again = repair(new RepairTarget.DifferingFrom(V1), false);
        assertThat(again.homes()).isZero();
        assertThat(again.note()).isEqualTo("there is nothing to repair, as no row differs");
        assertThat(trail()).hasSize(3);
    }

    @Test
    void a_dry_run_shows_rows_before_and_after_and_writes_nothing() {
        stock();
        plantWrongRows();
        String before = database.value(ROWS);
        RepairReport report = repair(new RepairTarget.DifferingFrom(V1), true);
        assertThat(report.repaired()).isEqualTo(3);
        assertThat(report.repair()).isNull();
        assertThat(database.value(ROWS)).isEqualTo(before);
        assertThat(trail()).isEmpty();
        assertThat(report.samples()).extracting(HomeRepair::home).containsExactly("s-3", "s-5", "stranger");
        HomeRepair changed = report.samples().get(0);
        assertThat(changed.before()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("day", "never")
                .containsEntry("seat", 2)
                .containsKeys("_position", "_event_id"));
        assertThat(changed.after()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("day", "monday"));
        assertThat(report.samples().get(1).before()).isEmpty();
        assertThat(report.samples().get(1).after()).hasSize(2);
        assertThat(report.samples().get(2).after()).isEmpty();
        assertThat(report.samples().toString()).doesNotContain("bob", "iris", "zoe");
    }

    @Test
    void a_home_that_is_what_its_events_make_it_needs_nothing() {
        stock();
        plantWrongRows();
        RepairReport report = repair(new RepairTarget.Homes(List.of("s-1", "s-3")), false);
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(report.same()).isEqualTo(1);
        assertThat(trail()).extracting(RepairedHome::home).containsExactly("s-3");
        assertThat(database.value("select count(*) from views.seat_plan_v2 where show = 's-5'"))
                .isEqualTo("0");
    }

    @Test
    void a_difference_that_is_the_folds_own_is_refused() {
        SeatsDomain.WRONG.add("max");
        for (String show : List.of("s-2", "s-4")) {
            store.reserved(show, 1, "max");
            store.reserved(show, 2, "bob");
            store.paid(show, 1, 7);
        }
        store.reserved("s-6", 2, "bob");
        for (String show : List.of("s-2", "s-4", "s-6")) {
            store.moved(show, "monday");
        }
        build();
        String before = database.value(ROWS);
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> repair(new RepairTarget.DifferingFrom(V1), false))
                .withMessage(
                        "All 2 homes of 'seat-plan@2' that differ from 'seat-plan@1' are what its folds make of their events, so the difference is the folds' own and a repair would change nothing; see 'changeover explain seat-plan s-2/1 --left 2 --right 1', mend a fold, then rebuild")
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("folds-own"));
        assertThat(database.value(ROWS)).isEqualTo(before);

        database.run("update views.seat_plan_v2 set day = 'never' where show = 's-4' and seat = 2");
        database.run("update views.seat_plan_v1 set day = 'never' where show = 's-6' and seat = 2");
        RepairReport mixed = repair(new RepairTarget.DifferingFrom(V1), false);
        assertThat(mixed.repaired()).isEqualTo(1);
        assertThat(mixed.foldsOwnKeys()).containsExactly("s-2/1");
        assertThat(mixed.othersOwnKeys()).containsExactly("s-6/2");
        assertThat(mixed.note())
                .isEqualTo("rows of 'seat-plan@1' are not what their events make them; repair that version");
    }

    @Test
    void what_is_done_when_the_database_fails_stays_done_with_its_audit_entry_and_the_rest_goes_on_later() {
        stock();
        database.run(
                "update views.seat_plan_v2 set day = 'never'",
                """
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.show = 's-4' then raise exception 'the disk is gone'; end if;
                    return new;
                end $$""",
                "create trigger refuse before update on views.seat_plan_v2 for each row execute function refuse()");
        RepairReport report = repair(new RepairTarget.DifferingFrom(V1), false);
        assertThat(report.repaired()).isEqualTo(4);
        assertThat(report.stopped())
                .startsWith("ERROR: the disk is gone")
                .endsWith("; what was repaired stays repaired, 4 homes are as they were: mend the cause and ask again");
        assertThat(trail()).extracting(RepairedHome::home).containsExactly("s-3", "s-2", "s-1", "s-0");
        assertThat(
                        database.value(
                                "select string_agg(distinct show, ' ' order by show) from views.seat_plan_v2 where day = 'never'"))
                .isEqualTo("s-4 s-5 s-6 s-7");

        database.run("drop trigger refuse on views.seat_plan_v2");
        RepairReport again = repair(new RepairTarget.DifferingFrom(V1), false);
        assertThat(again.repaired()).isEqualTo(4);
        assertThat(again.stopped()).isNull();
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(trail()).hasSize(8);
    }

    @Test
    void a_fold_that_fails_now_takes_nothing_from_the_row() {
        stock();
        plantWrongRows();
        SeatsDomain.BROKEN.add("s-3");
        String why =
                "an event of it fails when it is folded now, because the fold of 'Paid' threw java.lang.IllegalStateException: show s-3 is broken";
        RepairTarget target = new RepairTarget.Homes(List.of("s-3", "s-5"));
        assertThat(repair(target, true).untouched()).containsOnlyKeys("s-3").containsEntry("s-3", why);
        RepairReport report = repair(target, false);
        assertThat(report.untouched()).containsOnlyKeys("s-3").containsEntry("s-3", why);
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(database.value("select day from views.seat_plan_v2 where show = 's-3' and seat = 2"))
                .isEqualTo("never");
        assertThat(node.operations().deadLetters(V2)).isEmpty();
    }

    @Test
    void letters_of_a_home_go_with_its_repair_once_the_fold_is_mended() {
        SeatsDomain.BROKEN.add("s-3");
        stock();
        assertThat(node.operations().deadLetters(V2)).hasSize(2);
        SeatsDomain.BROKEN.clear();
        assertThat(repair(new RepairTarget.Homes(List.of("s-3")), false).repaired())
                .isEqualTo(1);
        assertThat(node.operations().deadLetters(V2)).isEmpty();
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        node.awaitState("seat-plan@2", "live");
    }

    @Test
    void repairing_beside_live_writes_loses_nothing() throws InterruptedException {
        stock();
        List<Throwable> failures = new ArrayList<>();
        Thread writer = new Thread(() -> {
            try {
                Random random = new Random(5);
                for (int i = 0; i < 600; i++) {
                    store.paid("s-" + random.nextInt(8), 1 + random.nextInt(2), random.nextInt(100));
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        writer.start();
        Random random = new Random(7);
        int rounds = 0;
        while (writer.isAlive() || rounds < 3) {
            String show = "s-" + random.nextInt(8);
            database.run("update views.seat_plan_v2 set payments = '[999999]' where show = '%s'".formatted(show));
            rows().repair(
                            V2,
                            new RepairTarget.Homes(List.of(show, "s-" + random.nextInt(8))),
                            false,
                            Request.by("bea"));
            rounds++;
        }
        writer.join();
        assertThat(failures).isEmpty();
        caughtUp();
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(rows().selfCheck(V2, 1_000, true, null).verdict()).isEqualTo(SelfCheckReport.Verdict.SAME);
        assertThat(
                        database.value(
                                """
                        select (select sum((convert_from(payload, 'UTF8')::jsonb ->> 'cents')::bigint) from domain_event_entry
                            where payload_type = 'seat.paid')
                            - (select sum(value::bigint) from views.seat_plan_v2, jsonb_array_elements_text(payments))"""))
                .isEqualTo("0");
    }

    @Test
    void a_target_that_means_nothing_is_refused() {
        stock();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> repair(new RepairTarget.DifferingFrom(V2), false))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo("not-comparable"));
        // A home that nobody knows has neither rows nor events, and stays so.
        assertThat(repair(new RepairTarget.Homes(List.of("nowhere")), false).same())
                .isEqualTo(1);
    }
}
