package io.changeover.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Course;
import io.changeover.changeover.Phase;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanTimetableTest {

    /** A Friday. */
    private static final Instant NOON = Instant.parse("2026-03-13T12:00:00Z");

    private static final Plan PLAN = PlanReader.read(
            """
            shadow: 10m
            steps: [{percent: 5, soak: 30m}, {percent: 25, soak: 2h, approval: approver}, {percent: 100}]
            soak: 1d
            quiet: [{days: [sat, sun]}]
            completion: {hold: 7d, purge: 1d}
            """);

    private static Attempt at(Phase phase, int percent, Instant since, Set<Integer> approved) {
        Course course = new Course(PLAN, since, null, approved, false, 0, null);
        return new Attempt("c1", 1, 2, phase, percent, null, null, since, course);
    }

    private static List<String> table(Attempt attempt, boolean begun, Instant now, Duration backfill) {
        return PlanTimetable.of("order-board", PLAN, attempt, begun, now, backfill).stream()
                .map(step -> "%s %s %s %s".formatted(step.name(), step.state(), step.earliest(), step.waitsFor()))
                .toList();
    }

    @Test
    void a_plan_that_has_not_begun_is_all_ahead_and_steps_over_quiet_times() {
        assertThat(table(at(Phase.DECLARED, 0, NOON, Set.of()), false, NOON, Duration.ZERO))
                .containsExactly(
                        "backfill ahead 2026-03-13T12:00:00Z null",
                        "catch-up ahead 2026-03-13T12:00:00Z null",
                        "verify ahead 2026-03-13T12:00:00Z null",
                        "shadow ahead 2026-03-13T12:00:00Z null",
                        "5 % ahead 2026-03-13T12:10:00Z null",
                        "25 % ahead 2026-03-13T12:40:00Z approval of approver",
                        "100 % ahead 2026-03-13T14:40:00Z null",
                        "soak ahead 2026-03-13T14:40:00Z null",
                        "complete ahead 2026-03-16T00:00:00Z null",
                        "purge ahead 2026-03-23T00:00:00Z a person",
                        "drop ahead 2026-03-24T00:00:00Z a person");
    }

    @Test
    void a_step_counts_from_when_it_began_and_an_approval_that_was_given_is_not_waited_for() {
        Attempt shifting = at(Phase.SHIFTING, 5, NOON.minusSeconds(600), Set.of(25));
        assertThat(table(shifting, true, NOON, Duration.ZERO))
                .startsWith(
                        "backfill done null null",
                        "catch-up done null null",
                        "verify done null null",
                        "shadow done null null",
                        "5 % now null null",
                        "25 % ahead 2026-03-13T12:20:00Z null",
                        "100 % ahead 2026-03-13T14:20:00Z null");
    }

    @Test
    void a_backfill_that_runs_takes_what_is_left_of_it() {
        Attempt building = at(Phase.BACKFILLING, 0, NOON.minusSeconds(600), Set.of());
        assertThat(table(building, true, NOON, Duration.ofHours(1)))
                .startsWith("backfill now null null", "catch-up ahead 2026-03-13T13:00:00Z null");
    }

    @Test
    void a_rollback_leads_back_to_the_comparison() {
        Attempt back = at(Phase.ROLLED_BACK, 0, NOON, Set.of());
        assertThat(table(back, true, NOON, Duration.ZERO))
                .startsWith(
                        "backfill done null null",
                        "catch-up done null null",
                        "verify now null null",
                        "shadow ahead 2026-03-13T12:00:00Z null");
    }

    @Test
    void a_soak_is_all_that_is_left_at_100_percent() {
        Attempt soaking = at(Phase.SOAKING, 100, NOON.minusSeconds(86_400), Set.of());
        assertThat(table(soaking, true, NOON, Duration.ZERO))
                .contains("100 % done null null", "soak now null null", "complete ahead 2026-03-13T12:00:00Z null");
    }

    @Test
    void where_it_is_always_quiet_nothing_ever_begins() {
        Plan never = PlanReader.read("quiet: [{}]");
        assertThat(PlanTimetable.of(
                        "order-board", never, at(Phase.DECLARED, 0, NOON, Set.of()), false, NOON, Duration.ZERO))
                .allMatch(step -> step.earliest() == null);
    }
}
