package io.changeover.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Course;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.GateReading.Verdict;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.fallback.FallbackBudget;
import io.changeover.plan.Plan;
import io.changeover.plan.QuietTime;
import io.changeover.shadow.VersionLatencies;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuiltInGatesTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    /** Baselines as the database keeps them. */
    private static final class Remembered implements Baselines {

        private final Map<String, Counted> all = new HashMap<>();

        @Override
        public Counted of(String changeover, Instant since, String measure, Counted now) {
            return all.computeIfAbsent(changeover + since + measure, first -> now);
        }

        @Override
        public void renew(String changeover, Instant since, String measure, Counted now) {
            all.put(changeover + since + measure, now);
        }
    }

    private final Baselines baselines = new Remembered();
    private final AtomicReference<@Nullable Counted> counted = new AtomicReference<>();

    private static Attempt attempt(Phase phase, int percent, Instant since) {
        return new Attempt(
                "c-1",
                1,
                2,
                phase,
                percent,
                null,
                null,
                NOW,
                new Course(plan(List.of()), since, null, Set.of(), false, 1, NOW));
    }

    private static Plan plan(List<QuietTime> quiet) {
        Plan plan = Plan.standard();
        return new Plan(
                plan.name(),
                null,
                null,
                plan.shadow(),
                plan.steps(),
                plan.soak(),
                plan.limits(),
                List.of("own"),
                plan.onBreach(),
                plan.breaches(),
                quiet,
                plan.completion());
    }

    private static GateQuestion asked(Phase phase, int percent) {
        return asked(attempt(phase, percent, NOW), NOW);
    }

    private static GateQuestion asked(Attempt attempt, Instant now) {
        return new GateQuestion("shelf", attempt, plan(List.of()), now);
    }

    private static GateQuestion compared(String verdict, int secondsAgo) {
        Attempt attempt = new Attempt(
                "c-1",
                1,
                2,
                Phase.SHIFTING,
                10,
                new ParityFigures(verdict, 9, 9, 20, 0, verdict.equals("DIFFERENT") ? 1 : 0),
                NOW.minusSeconds(secondsAgo),
                NOW,
                Course.begun(NOW));
        return asked(attempt, NOW);
    }

    private static LagGate lag(boolean oldLive, long oldLag, boolean newLive, long newLag) {
        return new LagGate(version ->
                version.version() == 1 ? new LagGate.Standing(oldLive, oldLag) : new LagGate.Standing(newLive, newLag));
    }

    @Test
    void lag_passes_while_both_keep_up_and_before_the_backfill_asks_for_the_old_one_only() {
        assertThat(lag(true, 1_000, true, 1).read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(GateReading.pass(
                        "lag",
                        "version 1 1,000 positions behind, version 2 1 position behind",
                        "live and at most 1,000 positions behind"));
        assertThat(lag(true, 0, false, 0).read(asked(Phase.DECLARED, 0)).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(lag(false, 0, true, 0).read(asked(Phase.DECLARED, 0)).verdict())
                .isEqualTo(Verdict.HOLD);
    }

    @Test
    void lag_is_a_breach_only_where_going_back_helps() {
        assertThat(lag(true, 0, true, 1_001).read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(
                        GateReading.refuse(
                                "lag",
                                "version 1 0 positions behind, version 2 1,001 positions behind",
                                "live and at most 1,000 positions behind",
                                "version 2 does not keep up with the store; wait until it has caught up, or look at what holds it up"));
        assertThat(lag(true, 0, false, 0).read(asked(Phase.SHIFTING, 10)).verdict())
                .isEqualTo(Verdict.REFUSE);
        assertThat(lag(true, 0, true, 1_001).read(asked(Phase.CATCHING_UP, 0)).verdict())
                .isEqualTo(Verdict.HOLD);
        assertThat(lag(true, 1_001, true, 1_001).read(asked(Phase.SHIFTING, 10)).verdict())
                .isEqualTo(Verdict.HOLD);
        assertThat(lag(true, 1_001, true, 0).read(asked(Phase.SHIFTING, 10)).verdict())
                .isEqualTo(Verdict.HOLD);
    }

    @Test
    void parity_holds_when_it_is_old_or_proves_nothing_and_refuses_what_is_different() {
        ParityGate gate = new ParityGate();
        assertThat(gate.read(compared("EQUAL", 900)))
                .isEqualTo(GateReading.pass("parity", "equal, 900 s old", "equal, at most 900 s old"));
        assertThat(gate.read(compared("EQUAL", 901)).verdict()).isEqualTo(Verdict.HOLD);
        assertThat(gate.read(compared("NOT_COMPARABLE", 1)).verdict()).isEqualTo(Verdict.HOLD);
        assertThat(gate.read(compared("DIFFERENT", 1)))
                .isEqualTo(GateReading.refuse(
                        "parity",
                        "different in 1 row, 1 s old",
                        "equal, at most 900 s old",
                        "the versions do not say the same; mend the folds, then verify again"));
        assertThat(gate.read(asked(Phase.VERIFYING, 0)).verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void dead_letters_are_those_of_the_new_version() {
        assertThat(new DeadLettersGate(version -> version.version() == 1 ? 5 : 0)
                        .read(asked(Phase.SHIFTING, 10))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(new DeadLettersGate(version -> 1).read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(GateReading.refuse(
                        "dead-letters",
                        "1 dead letter",
                        "at most 0",
                        "events wait in version 2 because its folds failed; mend them, then retry the dead letters"));
    }

    @Test
    void errors_are_those_of_the_present_step_and_too_few_calls_hold() {
        ShareGate gate = ShareGate.errors(new StepCounts("errors", question -> counted.get(), baselines));
        counted.set(new Counted(1_000, 500));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)).verdict()).isEqualTo(Verdict.HOLD);
        counted.set(new Counted(1_019, 519));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(GateReading.hold(
                        "errors",
                        "100 % of 19 calls since the step began",
                        "at most 1 % of at least 20 calls",
                        "too few calls of the new version since the step began to tell; wait for readers"));
        counted.set(new Counted(1_020, 501));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)).measured()).isEqualTo("5 % of 20 calls since the step began");
        assertThat(gate.read(asked(Phase.SHIFTING, 10)).verdict()).isEqualTo(Verdict.REFUSE);
        counted.set(new Counted(1_100, 501));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void errors_of_the_last_half_minute_are_not_hidden_by_a_long_step() {
        ShareGate gate = ShareGate.errors(new StepCounts("errors", question -> counted.get(), baselines));
        Attempt attempt = attempt(Phase.SHIFTING, 10, NOW);
        counted.set(Counted.NONE);
        gate.read(asked(attempt, NOW));
        counted.set(new Counted(100_000, 0));
        assertThat(gate.read(asked(attempt, NOW.plusSeconds(60))).verdict()).isEqualTo(Verdict.PASS);
        counted.set(new Counted(100_040, 19));
        assertThat(gate.read(asked(attempt, NOW.plusSeconds(61))).verdict()).isEqualTo(Verdict.PASS);
        counted.set(new Counted(100_041, 20));
        assertThat(gate.read(asked(attempt, NOW.plusSeconds(62))))
                .isEqualTo(GateReading.refuse(
                        "errors",
                        "48.78 % of 41 calls of the last half minute",
                        "at most 1 % of at least 20 calls",
                        "the new version fails its readers; look at what 'changeover fallbacks' shows"));
        assertThat(gate.read(asked(attempt, NOW.plusSeconds(120))).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void errors_pass_before_the_first_reader_and_hold_where_nobody_counts() {
        ShareGate gate = ShareGate.errors(new StepCounts("errors", question -> counted.get(), baselines));
        assertThat(gate.read(asked(Phase.SHADOWING, 0)).verdict()).isEqualTo(Verdict.PASS);
        assertThat(gate.read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(
                        GateReading.hold(
                                "errors",
                                "nobody counts",
                                "at most 1 % of at least 20 calls",
                                "calls of the new version are not counted on this node; set changeover.fallback.enabled to true, or min-calls of the plan to 0"));
    }

    @Test
    void shadow_reads_are_judged_before_the_first_reader() {
        ShareGate gate =
                ShareGate.shadowDifferences(new StepCounts("shadow-differences", question -> counted.get(), baselines));
        counted.set(Counted.NONE);
        assertThat(gate.read(asked(Phase.SHADOWING, 0)).verdict()).isEqualTo(Verdict.HOLD);
        counted.set(new Counted(20, 0));
        assertThat(gate.read(asked(Phase.SHADOWING, 0)))
                .isEqualTo(GateReading.pass(
                        "shadow-differences",
                        "0 % of 20 shadow reads since the step began",
                        "at most 0.1 % of at least 20 shadow reads"));
        counted.set(new Counted(21, 1));
        assertThat(gate.read(asked(Phase.SHADOWING, 0)).verdict()).isEqualTo(Verdict.REFUSE);
    }

    private static GateReading latency(@Nullable VersionLatencies seen, int percent) {
        return new LatencyGate(question -> seen).read(asked(percent == 0 ? Phase.SHADOWING : Phase.SHIFTING, percent));
    }

    @Test
    void latency_compares_what_both_have_answered_and_refuses_only_what_a_percentile_can_say() {
        assertThat(latency(new VersionLatencies(100, 2_000, 100, 4_000), 10))
                .isEqualTo(GateReading.pass(
                        "latency",
                        "2 times, 4 ms to 2 ms, of 100 calls on this node",
                        "at most 2 times of at least 20 calls"));
        assertThat(latency(new VersionLatencies(100, 2_000, 100, 4_100), 10).verdict())
                .isEqualTo(Verdict.REFUSE);
        assertThat(latency(new VersionLatencies(100, 2_000, 99, 4_100), 10).verdict())
                .isEqualTo(Verdict.HOLD);
        assertThat(latency(new VersionLatencies(100, 10, 100, 900), 10).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(latency(new VersionLatencies(19, 2_000, 100, 2_000), 10).verdict())
                .isEqualTo(Verdict.HOLD);
        assertThat(latency(null, 10).verdict()).isEqualTo(Verdict.HOLD);
        assertThat(latency(null, 0).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void the_error_budget_begins_whole_whenever_all_readers_are_back() {
        AtomicReference<FallbackBudget> budget = new AtomicReference<>();
        ErrorBudgetGate gate = new ErrorBudgetGate(question -> budget.get(), baselines);
        budget.set(new FallbackBudget(0.1, 1_000, 100, 500, -400, true));
        assertThat(gate.read(asked(Phase.SHADOWING, 0)).verdict()).isEqualTo(Verdict.PASS);
        budget.set(new FallbackBudget(0.1, 1_019, 101, 500, -399, true));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)).verdict()).isEqualTo(Verdict.HOLD);
        budget.set(new FallbackBudget(0.1, 1_020, 102, 502, -400, true));
        assertThat(gate.read(asked(Phase.SHIFTING, 10)))
                .isEqualTo(GateReading.pass(
                        "error-budget", "2 of 20 calls may fall back, 2 did", "at least 0 % of the budget left"));
        budget.set(new FallbackBudget(0.1, 1_021, 102, 503, -401, true));
        assertThat(gate.read(asked(attempt(Phase.SHIFTING, 50, NOW.plusSeconds(9)), NOW))
                        .verdict())
                .isEqualTo(Verdict.REFUSE);
    }

    @Test
    void nodes_and_quiet_times_hold_and_are_no_breach() {
        GateReading nodes =
                new NodesGate(view -> List.of("first"), view -> List.of("second")).read(asked(Phase.SHIFTING, 10));
        assertThat(nodes)
                .isEqualTo(GateReading.hold(
                        "nodes",
                        "acknowledged by first",
                        "all nodes that are up",
                        "the latest decision is not acknowledged by second; wait, or look at what hinders it"));
        QuietTime quiet = new QuietTime(Set.<DayOfWeek>of(), LocalTime.of(11, 0), LocalTime.of(13, 0), ZoneOffset.UTC);
        GateReading reading = new QuietGate()
                .read(new GateQuestion("shelf", attempt(Phase.SHIFTING, 10, NOW), plan(List.of(quiet)), NOW));
        assertThat(reading)
                .isEqualTo(GateReading.hold(
                        "quiet",
                        "quiet from 11:00 to 13:00, Z",
                        "no quiet time of the plan",
                        "nothing moves forward in a quiet time; wait until it is over"));
        PlanGates gates = new PlanGates(
                List.of(new NodesGate(view -> List.of(), view -> List.of()), new QuietGate(), new ParityGate()),
                List.of(new Own("own")),
                Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(gates.toStay("shelf", attempt(Phase.SHIFTING, 10, NOW)))
                .extracting(GateReading::gate)
                .containsExactly("parity", "own");
        assertThat(gates.toMove("shelf", attempt(Phase.SHIFTING, 10, NOW)))
                .extracting(GateReading::gate)
                .containsExactly("nodes", "quiet", "parity", "own");
    }

    /** A gate of a team. */
    private record Own(String name) implements Gate {

        @Override
        public GateReading read(GateQuestion question) {
            return GateReading.pass(name, "fine", "fine");
        }
    }

    @Test
    void two_gates_of_one_name_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new PlanGates(List.of(new ParityGate()), List.of(new Own("parity")), Clock.systemUTC()))
                .withMessage(
                        "Gate 'parity' of io.changeover.gate.BuiltInGatesTest$Own has a name that another gate has, and a name means one gate; choose another one");
    }
}
