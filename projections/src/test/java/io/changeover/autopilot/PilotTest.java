package io.changeover.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.autopilot.Building.State;
import io.changeover.autopilot.Move.Kind;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Course;
import io.changeover.changeover.GateReading;
import io.changeover.changeover.Halt;
import io.changeover.changeover.ParityFigures;
import io.changeover.changeover.Phase;
import io.changeover.plan.Limits;
import io.changeover.plan.Plan;
import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PilotTest {

    private static final Instant SINCE = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant LATER = SINCE.plus(Duration.ofHours(1));
    private static final ParityFigures EQUAL = new ParityFigures("EQUAL", 9, 9, 20, 0, 0);
    private static final ParityFigures DIFFERENT = new ParityFigures("DIFFERENT", 9, 9, 20, 0, 3);
    private static final GateReading PASS = GateReading.pass("lag", "0", "at most 9");
    private static final GateReading HOLD = GateReading.hold("errors", "3 calls", "20 calls", "wait for readers");
    private static final GateReading REFUSE = GateReading.refuse("errors", "7 %", "at most 1 %", "look at it");
    private static final Halt PAUSED = new Halt(Halt.Kind.PAUSED, "lunch", "ann", SINCE);

    private final Pilot pilot = new Pilot(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** What a test says of a situation; the rest is as a changeover that is well has it. */
    private static final class Given {

        private final Phase phase;
        private int percent;
        private @Nullable ParityFigures parity = EQUAL;
        private Instant parityAt = LATER;
        private @Nullable Halt halt;
        private Set<Integer> approved = Set.of();
        private boolean hurried;
        private int rehearsals = 1;
        private @Nullable Instant proven = SINCE;
        private List<GateReading> toMove = List.of(PASS);
        private List<GateReading> toStay = List.of(PASS);
        private @Nullable Building building;
        private Verification verification = Verification.NONE;
        private @Nullable String moved;
        private Instant now = LATER;
        private Breach breach = Breach.ROLL_BACK;
        private Map<String, Breach> breaches = Map.of();

        Given(Phase phase) {
            this.phase = phase;
            this.percent = switch (phase) {
                case SHIFTING -> 10;
                case SERVING, SOAKING -> 100;
                default -> 0;
            };
        }

        Situation situation() {
            Plan plan = new Plan(
                    "test",
                    null,
                    null,
                    Duration.ofMinutes(10),
                    List.of(
                            new Step(10, Duration.ofMinutes(20), null),
                            new Step(50, Duration.ofMinutes(20), "approver"),
                            new Step(100, Duration.ofMinutes(5), null)),
                    Duration.ofMinutes(30),
                    Limits.DEFAULT,
                    List.of(),
                    breach,
                    breaches,
                    List.of(),
                    Completion.DEFAULT);
            return new Situation(
                    new Attempt(
                            "c-1",
                            1,
                            2,
                            phase,
                            percent,
                            parity,
                            parity == null ? null : parityAt,
                            SINCE,
                            new Course(plan, SINCE, halt, approved, hurried, rehearsals, proven)),
                    toMove,
                    percent > 0 ? toStay : List.of(),
                    building,
                    verification,
                    moved,
                    now);
        }
    }

    private Decision decide(Given given) {
        return pilot.decide(given.situation());
    }

    private void assertMove(Given given, Kind kind, int percent, String commandId) {
        Decision decision = decide(given);
        assertThat(decision.waitsFor()).isEmpty();
        assertThat(decision.move()).isNotNull();
        assertThat(decision.move().kind()).isEqualTo(kind);
        assertThat(decision.move().percent()).isEqualTo(percent);
        assertThat(decision.move().commandId()).isEqualTo(commandId);
    }

    private void assertWaits(Given given, String waitsFor) {
        Decision decision = decide(given);
        assertThat(decision.move()).isNull();
        assertThat(decision.waitsFor()).isEqualTo(waitsFor);
    }

    @Test
    void what_was_declared_is_prepared_when_what_it_needs_is_there() {
        Given given = new Given(Phase.DECLARED);
        assertMove(given, Kind.PREPARE, 0, "c-1:prepare:2026-03-10T12:00:00Z");
        given.toMove = List.of(PASS, HOLD);
        assertWaits(given, "gate errors, which holds: 3 calls where 20 calls is required; wait for readers");
    }

    @Test
    void what_is_prepared_is_built() {
        assertMove(new Given(Phase.PREPARED), Kind.START_BACKFILL, 0, "c-1:start-backfill:2026-03-10T12:00:00Z");
    }

    @Test
    void a_backfill_is_waited_for_taken_up_or_told_to_have_failed() {
        Given given = new Given(Phase.BACKFILLING);
        given.building = new Building(State.UNDER_WAY, "position 5 of 9");
        assertWaits(given, "the backfill: position 5 of 9");
        given.building = new Building(State.FORSAKEN, "no node that is up works on it");
        assertMove(given, Kind.BUILD, 0, "");
        given.building = new Building(State.STOPPED, "paused at position 5");
        assertWaits(given, "a person, who resumes the backfill: paused at position 5");
        given.building = new Building(State.INCOMPLETE, "3 in 'balance@2'");
        assertWaits(given, "dead letters to be mended and retried: 3 in 'balance@2'");
        given.building = new Building(State.FAILED, "disk full");
        assertMove(given, Kind.FAIL, 0, "");
        assertThat(decide(given).move().reason())
                .isEqualTo("the backfill has failed: disk full; mend that, then resume");
    }

    @Test
    void a_backfill_that_has_failed_is_taken_up_again_once_a_person_has_resumed_it() {
        Given given = new Given(Phase.BACKFILLING);
        given.building = new Building(State.FAILED, "disk full");
        given.moved = "fail";
        assertMove(given, Kind.BUILD, 0, "");
    }

    @Test
    void a_version_that_keeps_up_is_compared_until_it_is_found_equal() {
        assertMove(
                new Given(Phase.CATCHING_UP), Kind.CONFIRM_CAUGHT_UP, 0, "c-1:confirm-caught-up:2026-03-10T12:00:00Z");
        Given given = new Given(Phase.VERIFYING);
        given.parity = null;
        assertThat(decide(given)).isEqualTo(new Decision(null, "the comparison of both versions", true));
        given.verification = new Verification(true, null, null);
        assertThat(decide(given)).isEqualTo(new Decision(null, "the comparison of both versions", false));
    }

    @Test
    void a_comparison_that_did_not_find_both_equal_is_made_again_after_a_while() {
        Given given = new Given(Phase.VERIFYING);
        given.parity = DIFFERENT;
        assertThat(decide(given))
                .isEqualTo(new Decision(
                        null,
                        "the next comparison at 2026-03-10T13:01:00Z, as the last one found different, with 3 rows that differ and 0 in flight",
                        false));
        given.now = LATER.plusSeconds(60);
        assertThat(decide(given).verify()).isTrue();
        given.verification = new Verification(false, "the database is away", LATER.plusSeconds(30));
        assertThat(decide(given))
                .isEqualTo(new Decision(
                        null,
                        "the next comparison at 2026-03-10T13:01:30Z, as the last one failed: the database is away",
                        false));
    }

    @Test
    void the_way_back_comes_before_the_first_reader() {
        Given given = new Given(Phase.SHADOWING);
        given.proven = null;
        given.rehearsals = 0;
        assertMove(given, Kind.REHEARSE, 0, "c-1:rehearse-1:2026-03-10T12:00:00Z");
        given.rehearsals = 1;
        assertMove(given, Kind.PROVE_WAY_BACK, 0, "c-1:prove-way-back-1:2026-03-10T12:00:00Z");
    }

    @Test
    void readers_move_when_shadow_reads_have_been_made_for_long_enough() {
        Given given = new Given(Phase.SHADOWING);
        assertMove(given, Kind.SHIFT, 10, "c-1:shift-10:2026-03-10T12:00:00Z");
        given.now = SINCE.plusSeconds(599);
        given.parityAt = given.now;
        assertWaits(given, "shadow reads to have been made until 2026-03-10T12:10:00Z");
        given.hurried = true;
        assertMove(given, Kind.SHIFT, 10, "c-1:shift-10:2026-03-10T12:00:00Z");
    }

    @Test
    void a_step_waits_for_its_time_its_gates_and_its_approval_and_says_all_of_it() {
        Given given = new Given(Phase.SHIFTING);
        given.now = SINCE.plusSeconds(60);
        given.parityAt = given.now;
        given.toMove = List.of(PASS, HOLD);
        assertWaits(
                given,
                "10 % of readers to have been with the new version until 2026-03-10T12:20:00Z; also, the approval of role 'approver' for 50 %; also, gate errors, which holds: 3 calls where 20 calls is required; wait for readers");
        given.now = LATER;
        given.parityAt = LATER;
        given.toMove = List.of(PASS);
        assertWaits(given, "the approval of role 'approver' for 50 %");
        given.approved = Set.of(50);
        assertMove(given, Kind.SHIFT, 50, "c-1:shift-50:2026-03-10T12:00:00Z");
        assertThat(decide(given).move().readings()).containsExactly(PASS);
    }

    @Test
    void a_person_who_wants_the_next_step_spares_its_time_and_nothing_else() {
        Given given = new Given(Phase.SHIFTING);
        given.now = SINCE.plusSeconds(60);
        given.parityAt = given.now;
        given.hurried = true;
        assertWaits(given, "the approval of role 'approver' for 50 %");
        given.approved = Set.of(50);
        given.toMove = List.of(HOLD);
        assertWaits(given, "gate errors, which holds: 3 calls where 20 calls is required; wait for readers");
    }

    @Test
    void when_all_have_moved_it_is_watched_and_then_completed() {
        Given serving = new Given(Phase.SERVING);
        serving.now = SINCE.plusSeconds(299);
        serving.parityAt = serving.now;
        assertWaits(serving, "readers to have been with the new version until 2026-03-10T12:05:00Z");
        serving.now = SINCE.plusSeconds(300);
        assertMove(serving, Kind.START_SOAK, 100, "c-1:start-soak:2026-03-10T12:00:00Z");
        Given soaking = new Given(Phase.SOAKING);
        soaking.now = SINCE.plusSeconds(1_799);
        soaking.parityAt = soaking.now;
        assertWaits(soaking, "the soak to last until 2026-03-10T12:30:00Z");
        soaking.now = SINCE.plusSeconds(1_800);
        assertMove(soaking, Kind.COMPLETE, 100, "c-1:complete:2026-03-10T12:00:00Z");
        soaking.toMove = List.of(HOLD);
        assertWaits(soaking, "gate errors, which holds: 3 calls where 20 calls is required; wait for readers");
    }

    @Test
    void a_rollback_is_confirmed_and_then_waits_for_a_person() {
        assertMove(
                new Given(Phase.ROLLING_BACK), Kind.CONFIRM_ROLLBACK, 0, "c-1:confirm-rollback:2026-03-10T12:00:00Z");
        assertWaits(
                new Given(Phase.ROLLED_BACK), "a person, who looks at why it was rolled back and resumes or aborts it");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {
                "DECLARED",
                "PREPARED",
                "BACKFILLING",
                "CATCHING_UP",
                "VERIFYING",
                "SHADOWING",
                "SHIFTING",
                "SERVING",
                "SOAKING"
            })
    void nothing_moves_forward_while_it_is_halted(Phase phase) {
        Given given = new Given(phase);
        given.halt = PAUSED;
        assertWaits(given, "a person, who resumes it: paused by ann, lunch");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"SHIFTING", "SERVING", "SOAKING"})
    void a_breach_sends_all_readers_back_whatever_is_waited_for(Phase phase) {
        Given given = new Given(phase);
        given.toStay = List.of(PASS, REFUSE);
        for (int waiting = 0; waiting < 4; waiting++) {
            given.halt = waiting == 1 ? PAUSED : null;
            given.verification = waiting == 2 ? new Verification(true, null, null) : Verification.NONE;
            given.toMove = waiting == 3 ? List.of(HOLD) : List.of(PASS);
            assertMove(
                    given,
                    Kind.ROLL_BACK,
                    0,
                    "c-1:roll-back-%d:2026-03-10T12:00:00Z"
                            .formatted(given.situation().attempt().percent()));
            assertThat(decide(given).move().reason())
                    .isEqualTo("gate errors refuses: 7 % where at most 1 % is required");
            assertThat(decide(given).move().readings()).containsExactly(PASS, REFUSE);
        }
    }

    @Test
    void what_only_holds_sends_nobody_back() {
        Given given = new Given(Phase.SHIFTING);
        given.toStay = List.of(HOLD);
        given.toMove = List.of(HOLD);
        given.approved = Set.of(50);
        assertWaits(given, "gate errors, which holds: 3 calls where 20 calls is required; wait for readers");
    }

    @Test
    void a_step_back_pauses_first_and_one_from_the_first_step_sends_all_back() {
        Given given = new Given(Phase.SHIFTING);
        given.percent = 50;
        given.breach = Breach.STEP_BACK;
        given.toStay = List.of(REFUSE);
        assertMove(given, Kind.PAUSE, 50, "");
        given.halt = PAUSED;
        assertMove(given, Kind.STEP_BACK, 10, "c-1:step-back-10:2026-03-10T12:00:00Z");
        given.percent = 10;
        assertMove(given, Kind.ROLL_BACK, 0, "c-1:roll-back-10:2026-03-10T12:00:00Z");
    }

    @Test
    void a_plan_may_have_readers_stay_and_the_hardest_answer_to_several_breaches_counts() {
        Given given = new Given(Phase.SHIFTING);
        given.breach = Breach.HOLD;
        given.toStay = List.of(REFUSE);
        assertWaits(
                given,
                "what is broken to be mended, as the plan has readers stay: gate errors refuses: 7 % where at most 1 % is required");
        given.breaches = Map.of("latency", Breach.ROLL_BACK);
        given.toStay = List.of(REFUSE, GateReading.refuse("latency", "3 times", "at most 2 times", "look at it"));
        assertMove(given, Kind.ROLL_BACK, 0, "c-1:roll-back-10:2026-03-10T12:00:00Z");
    }

    @Test
    void it_is_compared_again_before_the_last_comparison_has_half_the_age_that_it_may_have() {
        for (Phase phase : List.of(Phase.SHADOWING, Phase.SHIFTING, Phase.SERVING, Phase.SOAKING)) {
            Given given = new Given(phase);
            given.parityAt = LATER.minusSeconds(449);
            assertThat(decide(given).verify()).isFalse();
            given.parityAt = LATER.minusSeconds(450);
            assertThat(decide(given).verify()).isTrue();
            given.halt = PAUSED;
            assertThat(decide(given).verify()).isEqualTo(phase != Phase.SHADOWING);
        }
    }

    @Test
    void a_comparison_is_named_by_the_one_before() {
        Given given = new Given(Phase.VERIFYING);
        assertThat(Pilot.verificationId(given.situation().attempt()))
                .isEqualTo("c-1:verify-after-2026-03-10T13:00:00Z:2026-03-10T12:00:00Z");
        given.parity = null;
        assertThat(Pilot.verificationId(given.situation().attempt()))
                .isEqualTo("c-1:verify-after-none:2026-03-10T12:00:00Z");
    }
}
