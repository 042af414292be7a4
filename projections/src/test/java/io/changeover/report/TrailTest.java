package io.changeover.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.Failed;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.Reopened;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.VersionPurged;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Pin;
import io.changeover.report.ChangeoverReport.Incident;
import io.changeover.report.ChangeoverReport.NewCode;
import io.changeover.report.ChangeoverReport.NewRevision;
import io.changeover.report.Trail.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One event each minute. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrailTest {

    private static final Instant BEGIN = Instant.parse("2026-03-10T12:00:00Z");
    private static final Evidence EVIDENCE = new Evidence(true, true, 0, 0, 1_000, 0, 60, 900);

    private static List<Trail> trails(ChangeoverEvent... events) {
        List<Stored> stored = new ArrayList<>();
        stored.add(new Stored(0, 10, BEGIN, new ViewRegistered("board", 1)));
        for (int i = 0; i < events.length; i++) {
            stored.add(new Stored(i + 1, 20 + i * 10L, BEGIN.plusSeconds(60L * i), events[i]));
        }
        return Trail.of(stored);
    }

    private static Declared declared(String id) {
        return new Declared("board", id, 1, 2, "ann", "");
    }

    private static ReadsShifted shifted(int percent, int before) {
        return new ReadsShifted("board", "c-1", percent, before, EVIDENCE, "ann", "");
    }

    @Test
    void a_changeover_ends_where_the_next_begins_and_keeps_what_becomes_of_its_old_version() {
        List<Trail> trails = trails(
                declared("c-1"),
                new Aborted("board", "c-1", "ann", ""),
                declared("c-2"),
                shifted(100, 0),
                new Completed("board", "c-2", "ann", ""),
                new VersionPurged("board", 1, "ann", ""));
        assertThat(trails).extracting(trail -> trail.declared().changeoverId()).containsExactly("c-1", "c-2");
        assertThat(trails.get(0).end().orElseThrow().number()).isEqualTo(2);
        assertThat(trails.get(1).end().orElseThrow().number()).isEqualTo(5);
        assertThat(trails.get(1).last().number()).isEqualTo(6);
    }

    @Test
    void one_that_was_reopened_has_not_ended() {
        Trail trail = trails(
                        declared("c-1"),
                        shifted(100, 0),
                        new Completed("board", "c-1", "ann", ""),
                        new Reopened("board", "c-1", "ben", ""))
                .get(0);
        assertThat(trail.end()).isEmpty();
        assertThat(ChangeoverReports.reached(trail).completed()).isNull();
        assertThat(ChangeoverReports.reached(trail).allReaders()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void time_is_told_for_each_phase_at_each_share_of_readers() {
        Trail trail = trails(
                        declared("c-1"),
                        new BackfillStarted("board", "c-1", "ann", ""),
                        new BackfillCompleted("board", "c-1", 15),
                        shifted(10, 0),
                        shifted(50, 10))
                .get(0);
        assertThat(ChangeoverReports.phases(trail, BEGIN.plusSeconds(600)))
                .extracting(each -> "%s %d %s".formatted(each.phase(), each.percent(), each.lasted()))
                .containsExactly(
                        "declared 0 PT1M",
                        "backfilling 0 PT1M",
                        "catching-up 0 PT1M",
                        "shifting 10 PT1M",
                        "shifting 50 PT6M");
    }

    @Test
    void a_reader_who_is_pinned_to_the_new_version_is_the_first_one_and_nobody_learns_the_name() {
        Trail trail = trails(
                        declared("c-1"),
                        new ReaderPinned("board", "c-1", Pin.Kind.PRINCIPAL, "grace", 2, EVIDENCE, "ann", ""),
                        shifted(10, 0))
                .get(0);
        assertThat(ChangeoverReports.reached(trail).firstReader()).isEqualTo(Duration.ofMinutes(1));
        assertThat(trail.steps().stream().map(Telling::of).toList().toString()).doesNotContain("grace");
    }

    @Test
    void a_rollback_is_told_with_the_gates_that_did_not_pass_and_with_what_had_come_in_by_then() {
        GateReading refused = GateReading.refuse("errors", "3 %", "1 % at most", "it fails its readers");
        Trail trail = trails(
                        declared("c-1"),
                        shifted(50, 0),
                        shifted(10, 50),
                        new Failed("board", "c-1", "autopilot", "the database is away"),
                        new RolledBack(
                                "board",
                                "c-1",
                                10,
                                List.of(GateReading.pass("lag", "0", "1,000"), refused),
                                "autopilot",
                                "gate errors"))
                .get(0);
        List<Incident> incidents = ChangeoverReports.incidents(
                trail,
                List.of(new NewRevision("order.placed@3", 25, 7), new NewRevision("order.shipped@2", 65, 1)),
                List.of(new NewCode("board@2", "folds", BEGIN.plusSeconds(30), false)));
        assertThat(incidents)
                .extracting(each -> "%s %d %d".formatted(each.kind(), each.fromPercent(), each.toPercent()))
                .containsExactly("step-back 50 10", "failure 10 10", "rollback 10 0");
        assertThat(incidents.get(2).cause()).containsExactly(refused);
        assertThat(incidents.get(2).deployed())
                .containsExactly("order.placed@3 since position 25", "code of board@2 recorded 2026-03-10T12:00:30Z");
    }
}
