package io.changeover.changeover;

import static io.changeover.changeover.Changeovers.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverCommand.Abort;
import io.changeover.changeover.ChangeoverCommand.AdoptPlan;
import io.changeover.changeover.ChangeoverCommand.ApproveStep;
import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.CompleteBackfill;
import io.changeover.changeover.ChangeoverCommand.ConfirmCaughtUp;
import io.changeover.changeover.ChangeoverCommand.ConfirmRollback;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.Fail;
import io.changeover.changeover.ChangeoverCommand.HurryStep;
import io.changeover.changeover.ChangeoverCommand.Pause;
import io.changeover.changeover.ChangeoverCommand.PinReader;
import io.changeover.changeover.ChangeoverCommand.Prepare;
import io.changeover.changeover.ChangeoverCommand.ProveWayBack;
import io.changeover.changeover.ChangeoverCommand.RecordParity;
import io.changeover.changeover.ChangeoverCommand.RehearseFlip;
import io.changeover.changeover.ChangeoverCommand.Resume;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverCommand.Shift;
import io.changeover.changeover.ChangeoverCommand.StartBackfill;
import io.changeover.changeover.ChangeoverCommand.StartSoak;
import io.changeover.changeover.ChangeoverCommand.UnpinReader;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.FlipRehearsed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverEvent.ReaderPinned;
import io.changeover.changeover.ChangeoverEvent.ReaderUnpinned;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.Resumed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.SoakStarted;
import io.changeover.changeover.ChangeoverEvent.StepApproved;
import io.changeover.changeover.ChangeoverEvent.StepHurried;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanReader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of a changeover that is carried out by a plan, halted, and sent back: each transition and each refusal. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlannedChangeoverTest {

    private static final List<String> NODE = List.of("node-1");

    private AggregateTestFixture<Changeover> fixture;

    @BeforeEach
    void fixture() {
        fixture = new AggregateTestFixture<>(Changeover.class);
    }

    private TestExecutor<Changeover> given(Object... events) {
        fixture();
        return fixture.givenCurrentTime(NOON).andGiven(events);
    }

    private ResultValidator<Changeover> refused(Object command, Object... events) {
        return given(events).when(command).expectNoEvents().expectException(ChangeoverRefusedException.class);
    }

    private static Shift shift(int percent, List<GateReading> gates) {
        return new Shift(VIEW, percent, HEALTHY, gates, "ann", "");
    }

    private static ReadsShifted byPlan(int from, int to) {
        return new ReadsShifted(VIEW, "c1", to, from, HEALTHY, PASS, "ann", "");
    }

    // --- declare and adopt

    @Test
    void a_changeover_is_declared_with_its_plan_in_one_step() {
        given(REGISTERED)
                .when(new Declare(VIEW, "c1", 2, PLAN, "ann", ""))
                .expectEvents(DECLARED, ADOPTED)
                .expectState(state -> assertThat(course(state).plan()).isEqualTo(PLAN));
    }

    @Test
    void a_plan_that_does_not_fit_leaves_nothing_declared() {
        refused(new Declare(VIEW, "c1", 2, PlanReader.read("{name: p, to: 3}"), "ann", ""), REGISTERED)
                .expectExceptionMessage(
                        "Plan 'p' leads to version 3, and the changeover of view 'order-board' leads to version 2; give the plan of that changeover");
        refused(new Declare(VIEW, "c1", 2, PlanReader.read("{name: p, view: account}"), "ann", ""), REGISTERED)
                .expectExceptionMessage(
                        "Plan 'p' is made for view 'account' and cannot carry out a changeover of view 'order-board'; give the plan of that view, or take the name of the view out of it");
    }

    @Test
    void a_plan_is_adopted_in_place_of_another_and_withdraws_what_was_approved() {
        given(ready(APPROVED)).when(adopt(PLAN)).expectNoEvents();
        given(ready(APPROVED))
                .when(adopt(Plan.standard()))
                .expectEvents(new PlanAdopted(VIEW, "c1", Plan.standard(), "ann", ""))
                .expectState(state -> assertThat(course(state).approved()).isEmpty());
    }

    @Test
    void a_plan_for_something_else_is_not_adopted() {
        refused(adopt(PLAN), REGISTERED).expectExceptionMessage(NOT_OPEN);
        refused(adopt(PlanReader.read("{name: p, view: account}")), ready())
                .expectExceptionMessage(
                        "Plan 'p' is made for view 'account' and cannot carry out a changeover of view 'order-board'; give the plan of that view, or take the name of the view out of it");
        refused(adopt(PlanReader.read("{name: p, to: 3}")), ready())
                .expectExceptionMessage(
                        "Plan 'p' leads to version 3, and the changeover of view 'order-board' leads to version 2; give the plan of that changeover");
    }

    private static AdoptPlan adopt(Plan plan) {
        return new AdoptPlan(VIEW, plan, "ann", "");
    }

    // --- prepare, catch up, soak

    @Test
    void what_a_changeover_needs_is_recorded_once_and_only_when_all_gates_pass() {
        given(REGISTERED, DECLARED).when(prepare(PASS)).expectEvents(PREPARED).expectState(phase(Phase.PREPARED));
        given(REGISTERED, DECLARED, PREPARED).when(prepare(PASS)).expectNoEvents();
        given(REGISTERED, DECLARED, STARTED).when(prepare(NOT_ALL)).expectNoEvents();
        refused(prepare(NOT_ALL), REGISTERED, DECLARED)
                .expectExceptionMessage("View 'order-board' cannot be prepared: " + NOT_ALL_PASS);
        refused(prepare(PASS), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    private static Prepare prepare(List<GateReading> gates) {
        return new Prepare(VIEW, gates, "ann", "");
    }

    @Test
    void a_backfill_starts_after_the_preparation_too() {
        given(REGISTERED, DECLARED, PREPARED)
                .when(new StartBackfill(VIEW, "ann", ""))
                .expectEvents(STARTED)
                .expectState(phase(Phase.BACKFILLING));
    }

    @Test
    void a_version_that_keeps_up_is_said_to_once_and_only_when_the_gates_pass() {
        given(REGISTERED, DECLARED, STARTED, BACKFILLED)
                .when(caughtUp("c1", PASS))
                .expectEvents(CAUGHT_UP)
                .expectState(phase(Phase.VERIFYING));
        given(REGISTERED, DECLARED, STARTED, BACKFILLED, CAUGHT_UP)
                .when(caughtUp("c1", NOT_ALL))
                .expectNoEvents();
        given(REGISTERED, DECLARED, STARTED, BACKFILLED)
                .when(caughtUp("c0", PASS))
                .expectNoEvents();
        given(REGISTERED).when(caughtUp("c1", PASS)).expectNoEvents();
        refused(caughtUp("c1", NOT_ALL), REGISTERED, DECLARED, STARTED, BACKFILLED)
                .expectExceptionMessage("View 'order-board' cannot be said to have caught up: " + NOT_ALL_PASS);
    }

    private static ConfirmCaughtUp caughtUp(String id, List<GateReading> gates) {
        return new ConfirmCaughtUp(VIEW, id, gates, "ann", "");
    }

    @Test
    void a_comparison_leads_to_shadow_reads_and_a_difference_back() {
        given(REGISTERED, DECLARED, STARTED, BACKFILLED, CAUGHT_UP)
                .when(new RecordParity(VIEW, EQUAL, "ann", ""))
                .expectEvents(PROVEN)
                .expectState(phase(Phase.SHADOWING));
        given(REGISTERED, DECLARED, STARTED, BACKFILLED, CAUGHT_UP, PROVEN)
                .when(new RecordParity(VIEW, DIFFERENT, "ann", ""))
                .expectEvents(new ParityRecorded(VIEW, "c1", DIFFERENT, "ann", ""))
                .expectState(phase(Phase.VERIFYING));
        given(ready(shifted(0, 5)))
                .when(new RecordParity(VIEW, DIFFERENT, "ann", ""))
                .expectState(phase(Phase.SHIFTING));
    }

    @Test
    void a_soak_begins_once_all_readers_have_moved_and_only_when_the_gates_pass() {
        given(moved())
                .when(soak("c1", PASS))
                .expectEvents(new SoakStarted(VIEW, "c1", PASS, "ann", ""))
                .expectState(phase(Phase.SOAKING));
        given(moved(new SoakStarted(VIEW, "c1", PASS, "ann", "")))
                .when(soak("c1", NOT_ALL))
                .expectNoEvents();
        given(moved()).when(soak("c0", PASS)).expectNoEvents();
        given(REGISTERED).when(soak("c1", PASS)).expectNoEvents();
        given(ready(shifted(0, 5))).when(soak("c1", PASS)).expectNoEvents();
        refused(soak("c1", NOT_ALL), moved())
                .expectExceptionMessage("View 'order-board' cannot be soaked: " + NOT_ALL_PASS);
    }

    private static StartSoak soak(String id, List<GateReading> gates) {
        return new StartSoak(VIEW, id, gates, "ann", "");
    }

    // --- the way back

    @Test
    void a_flip_is_rehearsed_as_often_as_it_is_asked_for_after_the_backfill() {
        given(REGISTERED, DECLARED, STARTED, BACKFILLED, REHEARSED)
                .when(new RehearseFlip(VIEW, "ann", ""))
                .expectEvents(new FlipRehearsed(VIEW, "c1", 2, "ann", ""));
        refused(new RehearseFlip(VIEW, "ann", ""), REGISTERED, DECLARED, STARTED)
                .expectExceptionMessage(
                        "Version 2 of view 'order-board' is in phase backfilling, and a version can be flipped to only after its backfill; run the backfill first");
        refused(new RehearseFlip(VIEW, "ann", ""), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    @Test
    void the_way_back_is_proven_by_a_rehearsal_that_every_node_has_acknowledged() {
        Object[] rehearsed = {REGISTERED, DECLARED, STARTED, BACKFILLED, REHEARSED};
        given(rehearsed)
                .when(prove(HEALTHY, NODE, List.of()))
                .expectEvents(WAY_BACK)
                .expectState(state -> assertThat(course(state).wayBackProven()).isEqualTo(NOON));
        refused(prove(HEALTHY, NODE, List.of()), REGISTERED, DECLARED, STARTED, BACKFILLED)
                .expectExceptionMessage(
                        "The way back of view 'order-board' is proven by a rehearsed flip, and none was rehearsed in this changeover; rehearse it first");
        refused(prove(HEALTHY, NODE, List.of("node-2", "node-3")), rehearsed)
                .expectExceptionMessage(
                        "The flip of view 'order-board' is acknowledged by node-1 and not by node-2, node-3, and the way back counts only when all nodes that are up can flip; wait for them, or look at what hinders them");
        refused(prove(HEALTHY, List.of(), List.of()), rehearsed)
                .expectExceptionMessage(
                        "The flip of view 'order-board' is acknowledged by no node, and the way back counts only when all nodes that are up can flip; wait for them, or look at what hinders them");
        refused(prove(OLD_IS_DOWN, NODE, List.of()), rehearsed)
                .expectExceptionMessage(
                        "The way back of view 'order-board' is not proven: version 1, the way back, does not follow live events; start it");
        refused(prove(new Evidence(true, true, 1001, 0, 1000, 0, 5, 900), NODE, List.of()), rehearsed)
                .expectExceptionMessage(
                        "The way back of view 'order-board' is not proven: version 1, the way back, is 1001 positions behind and may be at most 1000; wait until it has caught up");
        refused(prove(HEALTHY, NODE, List.of()), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    private static ProveWayBack prove(Evidence evidence, List<String> by, List<String> awaiting) {
        return new ProveWayBack(VIEW, evidence, by, awaiting, "ann", "");
    }

    @Test
    void nobody_moves_forward_before_the_way_back_is_proven() {
        refused(new Shift(VIEW, 5, HEALTHY, "ann", ""), REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED)
                .expectExceptionMessage(
                        "Reads of view 'order-board' cannot move forward: the way back has not been proven in this changeover; rehearse the flip and wait until all nodes have acknowledged it");
    }

    // --- approvals and steps

    @Test
    void a_step_is_approved_once_by_somebody_in_the_role_that_it_asks_for() {
        given(ready()).when(approve(25, Set.of("operator", "approver"))).expectEvents(APPROVED);
        given(ready(APPROVED)).when(approve(25, Set.of("approver"))).expectNoEvents();
    }

    @Test
    void an_approval_that_is_not_wanted_or_not_given_in_its_role_is_refused() {
        refused(approve(5, Set.of("approver")), ready())
                .expectExceptionMessage(
                        "No step to 5 % of view 'order-board' wants an approval: plan 'careful' names none; look at the plan to see which do");
        refused(approve(25, Set.of("approver")), REGISTERED, DECLARED)
                .expectExceptionMessage(
                        "No step to 25 % of view 'order-board' wants an approval: the changeover has no plan; look at the plan to see which do");
        refused(approve(25, Set.of()), ready())
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' is approved in the role 'approver', and 'bob' has none; have somebody approve it who has that role");
        refused(approve(25, Set.of("operator", "on-call")), ready())
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' is approved in the role 'approver', and 'bob' has 'on-call', 'operator'; have somebody approve it who has that role");
        refused(approve(25, Set.of("approver")), moved(ADOPTED))
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' is behind: 100 % of readers have moved, and only a step that is ahead can be approved; look at the plan to see which are");
        refused(approve(25, Set.of("approver")), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    private static ApproveStep approve(int percent, Set<String> roles) {
        return new ApproveStep(VIEW, percent, roles, "bob", "");
    }

    // --- four eyes

    private static final Plan FOUR_EYES = PlanReader.read(
            "{name: watched, four-eyes: true, steps: [{percent: 25, approval: approver}, {percent: 100}]}");
    private static final Object[] WATCHED = {REGISTERED, DECLARED, new PlanAdopted(VIEW, "c1", FOUR_EYES, "eve", "")};
    private static final Set<String> APPROVER = Set.of("approver");

    private static ApproveStep approveBy(String actor) {
        return new ApproveStep(VIEW, 25, APPROVER, actor, "");
    }

    private static Map<String, String> proven(String name) {
        return Map.of(Changeover.PRINCIPAL, name);
    }

    private void refusedWith(Object command, Map<String, String> metaData, String message, Object... events) {
        given(events)
                .when(command, metaData)
                .expectNoEvents()
                .expectException(ChangeoverRefusedException.class)
                .expectExceptionMessage(message);
    }

    @Test
    void whoever_began_what_wants_four_eyes_is_not_its_second_pair() {
        given(WATCHED)
                .when(approveBy("bob"), proven("bob"))
                .expectEvents(new StepApproved(VIEW, "c1", 25, "approver", "bob", ""));
        for (String beginner : List.of("ann", "eve")) {
            refusedWith(
                    approveBy(beginner),
                    proven(beginner),
                    "The step to 25 %% of view 'order-board' wants four eyes by plan 'watched', and '%s' has declared the changeover or given it that plan; have somebody else approve it"
                            .formatted(beginner),
                    WATCHED);
        }
    }

    @Test
    void a_name_that_nothing_proves_neither_plans_nor_approves_where_four_eyes_are_wanted() {
        String rest =
                " wants four eyes, and nothing proves that 'bob' asks, since several may hold what was sent; sign in to the console, or send a token of your own";
        refusedWith(approveBy("bob"), Map.of(), "The step to 25 % of view 'order-board'" + rest, WATCHED);
        refusedWith(approveBy("bob"), proven("ann"), "The step to 25 % of view 'order-board'" + rest, WATCHED);
        refusedWith(
                new Declare(VIEW, "c1", 2, FOUR_EYES, "bob", ""),
                Map.of(),
                "Plan 'watched' of view 'order-board'" + rest,
                REGISTERED);
        refusedWith(
                new AdoptPlan(VIEW, FOUR_EYES, "bob", ""),
                Map.of(),
                "Plan 'watched' of view 'order-board'" + rest,
                REGISTERED,
                DECLARED);
        given(REGISTERED, DECLARED)
                .when(new AdoptPlan(VIEW, FOUR_EYES, "bob", ""), proven("bob"))
                .expectEvents(new PlanAdopted(VIEW, "c1", FOUR_EYES, "bob", ""));
    }

    @Test
    void a_plan_for_two_is_not_given_up_for_one_that_one_person_carries_out() {
        refusedWith(
                adopt(PLAN),
                proven("ann"),
                "Plan 'careful' does without four eyes, and plan 'watched', by which view 'order-board' goes, wants them until its changeover ends; write 'four-eyes: true' into the new plan",
                WATCHED);
    }

    @Test
    void events_carry_who_has_proven_to_ask() {
        given(WATCHED)
                .when(new Pause(VIEW, "bob", ""), proven("bob"))
                .expectEventsMatching(Matchers.exactSequenceOf(
                        Matchers.predicate(message -> message.getMetaData().equals(proven("bob"))),
                        Matchers.andNoMore()));
    }

    @Test
    void readers_who_are_taken_back_take_the_approval_with_them() {
        refused(shift(25, PASS), ready(APPROVED, shifted(0, 25), shifted(25, 5)))
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' wants the approval of role 'approver', which has not been given; have it approved first");
        refused(shift(25, PASS), ready(APPROVED, shifted(0, 100), ROLLED_BACK, CONFIRMED))
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' wants the approval of role 'approver', which has not been given; have it approved first");
        given(ready(shifted(0, 25), shifted(25, 5), APPROVED))
                .when(shift(25, PASS))
                .expectEvents(byPlan(5, 25));
    }

    @Test
    void the_gates_and_approvals_of_a_plan_count_for_whoever_shifts() {
        given(ready()).when(shift(5, PASS)).expectEvents(byPlan(0, 5));
        given(ready(APPROVED))
                .when(shift(100, PASS))
                .expectEvents(byPlan(0, 100))
                .expectState(phase(Phase.SERVING));
        refused(shift(5, List.of()), ready())
                .expectExceptionMessage(
                        "Reads of view 'order-board' move by plan 'careful', and its gates were not asked; ask them first");
        refused(shift(5, NOT_ALL), ready())
                .expectExceptionMessage("View 'order-board' cannot be shifted to 5 %: " + NOT_ALL_PASS);
        refused(shift(100, PASS), ready(shifted(0, 5)))
                .expectExceptionMessage(
                        "The step to 25 % of view 'order-board' wants the approval of role 'approver', which has not been given; have it approved first");
        given(ready(shifted(0, 5))).when(shift(1, List.of())).expectSuccessfulHandlerExecution();
    }

    @Test
    void a_step_is_hurried_once_and_the_next_one_is_not() {
        StepHurried hurried = new StepHurried(VIEW, "c1", "ann", "");
        given(ready()).when(new HurryStep(VIEW, "ann", "")).expectEvents(hurried);
        given(ready(hurried)).when(new HurryStep(VIEW, "ann", "")).expectNoEvents();
        given(ready(hurried, shifted(0, 5)))
                .when(new HurryStep(VIEW, "ann", ""))
                .expectEvents(hurried);
        refused(new HurryStep(VIEW, "ann", ""), REGISTERED, DECLARED)
                .expectExceptionMessage(
                        "The changeover of view 'order-board' has no plan, so no step of it is waited for; shift its readers, or give it a plan");
        refused(new HurryStep(VIEW, "ann", ""), ready(PAUSED)).expectExceptionMessage(IS_PAUSED);
        refused(new HurryStep(VIEW, "ann", ""), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    // --- halts

    @Test
    void a_changeover_is_paused_once_where_it_stands_and_resumed_there() {
        given(ready(shifted(0, 5)))
                .when(new Pause(VIEW, "ann", "lunch"))
                .expectEvents(PAUSED)
                .expectState(phase(Phase.SHIFTING))
                .expectState(state ->
                        assertThat(course(state).halt()).isEqualTo(new Halt(Halt.Kind.PAUSED, "lunch", "ann", NOON)));
        given(ready(PAUSED)).when(new Pause(VIEW, "ann", "")).expectNoEvents();
        given(ready(FAILED)).when(new Pause(VIEW, "ann", "")).expectNoEvents();
        given(ready(shifted(0, 5), PAUSED))
                .when(new Resume(VIEW, "ann", ""))
                .expectEvents(new Resumed(VIEW, "c1", "ann", ""))
                .expectState(phase(Phase.SHIFTING))
                .expectState(state -> assertThat(course(state).halt()).isNull());
        given(ready()).when(new Resume(VIEW, "ann", "")).expectNoEvents();
        refused(new Pause(VIEW, "ann", ""), REGISTERED).expectExceptionMessage(NOT_OPEN);
        refused(new Resume(VIEW, "ann", ""), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    @Test
    void a_failure_is_recorded_once_and_a_pause_does_not_hide_it() {
        given(ready()).when(fail("c1")).expectEvents(FAILED);
        given(ready(PAUSED)).when(fail("c1")).expectEvents(FAILED).expectState(state -> assertThat(
                        course(state).halt())
                .isNotNull()
                .satisfies(halt -> assertThat(halt.kind()).isEqualTo(Halt.Kind.FAILED)));
        given(ready(FAILED)).when(fail("c1")).expectNoEvents();
        given(ready()).when(fail("c0")).expectNoEvents();
        given(REGISTERED).when(fail("c1")).expectNoEvents();
        refused(shift(5, PASS), ready(FAILED)).expectExceptionMessage(HAS_FAILED);
    }

    private static Fail fail(String id) {
        return new Fail(VIEW, id, "autopilot", "disk full");
    }

    static Stream<Arguments> forward() {
        Pin acme = new Pin(Pin.Kind.TENANT, "acme");
        return Stream.of(
                forward(prepare(PASS), REGISTERED, DECLARED),
                forward(new StartBackfill(VIEW, "ann", ""), REGISTERED, DECLARED),
                forward(caughtUp("c1", PASS), REGISTERED, DECLARED, STARTED, BACKFILLED),
                forward(shift(5, PASS), ready()),
                forward(new PinReader(VIEW, acme, 2, HEALTHY, "ann", ""), ready()),
                forward(new UnpinReader(VIEW, acme, "ann", ""), ready(pinned(1), shifted(0, 5))),
                forward(soak("c1", PASS), moved()),
                forward(new Complete(VIEW, List.of(), "ann", ""), moved()));
    }

    private static Arguments forward(ChangeoverCommand command, Object... events) {
        return Arguments.of(command, events);
    }

    private static ReaderPinned pinned(int version) {
        return new ReaderPinned(VIEW, "c1", Pin.Kind.TENANT, "acme", version, HEALTHY, "ann", "");
    }

    @ParameterizedTest
    @MethodSource("forward")
    void a_halted_changeover_takes_no_step_forward_whoever_asks(ChangeoverCommand command, Object[] events) {
        given(events).andGiven(PAUSED).when(command).expectNoEvents().expectExceptionMessage(IS_PAUSED);
        given(events).andGiven(FAILED).when(command).expectNoEvents().expectExceptionMessage(HAS_FAILED);
        given(events).when(command).expectSuccessfulHandlerExecution();
    }

    @Test
    void what_happens_while_it_is_halted_is_recorded_and_what_goes_back_goes() {
        given(REGISTERED, DECLARED, STARTED, PAUSED)
                .when(new CompleteBackfill(VIEW, "c1", 88))
                .expectEvents(BACKFILLED);
        given(ready(PAUSED)).when(new RecordParity(VIEW, EQUAL, "ann", "")).expectEvents(PROVEN);
        given(ready(shifted(0, 100), PAUSED))
                .when(new RollBack(VIEW, "ann", ""))
                .expectEvents(ROLLED_BACK);
        given(ready(shifted(0, 25), PAUSED)).when(shift(5, List.of())).expectSuccessfulHandlerExecution();
        given(ready(PAUSED)).when(new Abort(VIEW, "ann", "")).expectEvents(new Aborted(VIEW, "c1", "ann", ""));
        given(ready(pinned(2), PAUSED))
                .when(new UnpinReader(VIEW, new Pin(Pin.Kind.TENANT, "acme"), "ann", ""))
                .expectEvents(new ReaderUnpinned(VIEW, "c1", Pin.Kind.TENANT, "acme", "ann", ""));
        given(ready(PAUSED))
                .when(new PinReader(VIEW, new Pin(Pin.Kind.TENANT, "acme"), 1, OLD_IS_DOWN, "ann", ""))
                .expectSuccessfulHandlerExecution();
    }

    // --- rollback

    @Test
    void a_rollback_keeps_what_the_gates_saw_and_is_over_when_every_node_goes_by_it() {
        given(ready(shifted(0, 25)))
                .when(new RollBack(VIEW, NOT_ALL, "autopilot", "latency"))
                .expectEvents(new RolledBack(VIEW, "c1", 25, NOT_ALL, "autopilot", "latency"))
                .expectState(phase(Phase.ROLLING_BACK));
        Object[] back = moved(ROLLED_BACK);
        given(back).when(confirm("c1", NODE, List.of())).expectEvents(CONFIRMED).expectState(phase(Phase.ROLLED_BACK));
        given(moved(ROLLED_BACK, CONFIRMED))
                .when(confirm("c1", NODE, List.of()))
                .expectNoEvents();
        given(back).when(confirm("c0", NODE, List.of())).expectNoEvents();
        given(REGISTERED).when(confirm("c1", NODE, List.of())).expectNoEvents();
        refused(confirm("c1", NODE, List.of("node-2")), back)
                .expectExceptionMessage(
                        "The rollback of view 'order-board' is acknowledged by node-1 and not by node-2, and it is over only when all nodes that are up go by it; wait for them, or look at what hinders them");
        refused(confirm("c1", List.of(), List.of()), back)
                .expectExceptionMessage(
                        "The rollback of view 'order-board' is acknowledged by no node, and it is over only when all nodes that are up go by it; wait for them, or look at what hinders them");
        refused(new RollBack(VIEW, "ann", ""), REGISTERED).expectExceptionMessage(NOT_OPEN);
    }

    private static ConfirmRollback confirm(String id, List<String> by, List<String> awaiting) {
        return new ConfirmRollback(VIEW, id, by, awaiting);
    }

    @Test
    void readers_who_are_all_shifted_back_by_hand_are_waited_for_as_in_a_rollback() {
        given(ready(shifted(0, 5))).when(shift(0, List.of())).expectState(phase(Phase.ROLLING_BACK));
        given(ready(shifted(0, 5), shifted(5, 0)))
                .when(confirm("c1", NODE, List.of()))
                .expectEvents(CONFIRMED);
    }

    @Test
    void nothing_moves_on_until_a_rollback_is_over() {
        refused(shift(5, PASS), moved(ROLLED_BACK)).expectExceptionMessage(IS_ROLLING_BACK);
        refused(new Resume(VIEW, "ann", ""), moved(ROLLED_BACK))
                .expectExceptionMessage(
                        "View 'order-board' is being rolled back, and not every node has acknowledged it; wait until it is rolled back, then resume");
        refused(new PinReader(VIEW, new Pin(Pin.Kind.TENANT, "acme"), 2, HEALTHY, "ann", ""), moved(ROLLED_BACK))
                .expectExceptionMessage(IS_ROLLING_BACK);
        refused(new Abort(VIEW, "ann", ""), moved(ROLLED_BACK))
                .expectExceptionMessage(
                        "View 'order-board' is being rolled back, and a node that has not acknowledged it may still read version 2, which an abort stops; wait until it is rolled back, or ask for the rollback again");
        given(moved(ROLLED_BACK, CONFIRMED))
                .when(new Abort(VIEW, "ann", ""))
                .expectEvents(new Aborted(VIEW, "c1", "ann", ""));
    }

    @Test
    void a_changeover_that_was_rolled_back_is_verified_again_once_it_is_resumed() {
        given(moved(ROLLED_BACK, CONFIRMED))
                .when(new Resume(VIEW, "ann", ""))
                .expectEvents(new Resumed(VIEW, "c1", "ann", ""))
                .expectState(phase(Phase.VERIFYING));
        given(moved(PAUSED, ROLLED_BACK, CONFIRMED))
                .when(new Resume(VIEW, "ann", ""))
                .expectState(state -> assertThat(course(state).halt()).isNull());
    }

    private static Consumer<Changeover> phase(Phase expected) {
        return state -> assertThat(attempt(state).phase()).isEqualTo(expected);
    }

    private static ChangeoverState.Attempt attempt(Changeover changeover) {
        return Objects.requireNonNull(changeover.state().open());
    }

    private static Course course(Changeover changeover) {
        return attempt(changeover).course();
    }
}
