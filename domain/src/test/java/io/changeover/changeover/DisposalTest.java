package io.changeover.changeover;

import static io.changeover.changeover.Changeovers.*;

import io.changeover.changeover.ChangeoverCommand.Complete;
import io.changeover.changeover.ChangeoverCommand.Declare;
import io.changeover.changeover.ChangeoverCommand.DropVersion;
import io.changeover.changeover.ChangeoverCommand.PurgeVersion;
import io.changeover.changeover.ChangeoverCommand.Reopen;
import io.changeover.changeover.ChangeoverCommand.RestoreVersion;
import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.changeover.ChangeoverEvent.Aborted;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.Paused;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverEvent.Reopened;
import io.changeover.changeover.ChangeoverEvent.VersionDropped;
import io.changeover.changeover.ChangeoverEvent.VersionPurged;
import io.changeover.changeover.ChangeoverEvent.VersionRestored;
import io.changeover.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How the old version goes on its way out after a completion, and back. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DisposalTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant LATER = NOON.plus(WEEK);

    private static final VersionPurged PURGED = new VersionPurged(VIEW, 1, "ann", "");
    private static final VersionRestored RESTORED = new VersionRestored(VIEW, 1, "ann", "");
    private static final VersionDropped DROPPED = new VersionDropped(VIEW, 1, "ann", "");

    private static TestExecutor<Changeover> given(Object... events) {
        return new AggregateTestFixture<>(Changeover.class)
                .givenCurrentTime(NOON)
                .andGiven(events);
    }

    private static ResultValidator<Changeover> refused(Object command, Object... events) {
        return given(events).when(command).expectNoEvents().expectException(ChangeoverRefusedException.class);
    }

    private static PurgeVersion purge(Instant now) {
        return new PurgeVersion(VIEW, 1, now, WEEK, "ann", "");
    }

    private static DropVersion drop(Instant now) {
        return new DropVersion(VIEW, 1, now, WEEK, "ann", "");
    }

    private static final RestoreVersion RESTORE = new RestoreVersion(VIEW, 1, "ann", "");
    private static final Reopen REOPEN = new Reopen(VIEW, "ann", "");

    @Test
    void a_version_that_is_held_is_purged_once_and_not_before_its_time() {
        given(moved(COMPLETED)).when(purge(LATER)).expectEvents(PURGED);
        given(moved(COMPLETED, PURGED)).when(purge(NOON)).expectNoEvents();
        refused(purge(LATER.minusSeconds(1)), moved(COMPLETED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' has been held since 2026-03-10T12:00:00Z and stays so for PT168H at least; ask again at 2026-03-17T12:00:00Z, or give a plan with a shorter time before the next changeover");
        refused(purge(LATER), moved())
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is not given up, and only one that is held can be purged; look at the view's status");
        refused(purge(LATER), moved(COMPLETED, PURGED, DROPPED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is dropped, and only one that is held can be purged; look at the view's status");
    }

    @Test
    void a_version_that_is_purged_is_restored_once_and_one_that_is_gone_is_not() {
        given(moved(COMPLETED, PURGED)).when(RESTORE).expectEvents(RESTORED);
        given(moved(COMPLETED, PURGED, RESTORED)).when(RESTORE).expectNoEvents();
        refused(RESTORE, moved(COMPLETED, PURGED, DROPPED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is dropped, and only one that is purged can be restored; look at the view's status");
        refused(RESTORE, moved())
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is not given up, and only one that is purged can be restored; look at the view's status");
    }

    @Test
    void a_version_that_is_purged_is_dropped_once_and_not_before_its_time() {
        given(moved(COMPLETED, PURGED)).when(drop(LATER)).expectEvents(DROPPED);
        given(moved(COMPLETED, PURGED, DROPPED)).when(drop(NOON)).expectNoEvents();
        refused(drop(NOON), moved(COMPLETED, PURGED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' has been purged since 2026-03-10T12:00:00Z and stays so for PT168H at least; ask again at 2026-03-17T12:00:00Z, or give a plan with a shorter time before the next changeover");
        refused(drop(LATER), moved(COMPLETED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is held, and only one that is purged can be dropped; look at the view's status");
    }

    @Test
    void a_completion_is_taken_back_while_the_old_version_is_held() {
        Reopened reopened = new Reopened(VIEW, "c1", "ann", "");
        given(moved(COMPLETED)).when(REOPEN).expectEvents(reopened);
        given(moved(COMPLETED, PURGED, RESTORED)).when(REOPEN).expectEvents(reopened);
        given(moved(COMPLETED, reopened)).when(new RollBack(VIEW, "ann", "")).expectEvents(ROLLED_BACK);
        given(moved(COMPLETED, reopened))
                .when(new Complete(VIEW, List.of(), "ann", ""))
                .expectEvents(COMPLETED);
        refused(purge(LATER), moved(COMPLETED, reopened))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is not given up, and only one that is held can be purged; look at the view's status");
    }

    @Test
    void a_changeover_with_a_plan_is_paused_when_it_is_reopened_so_that_nothing_completes_it_again() {
        Reopened reopened = new Reopened(VIEW, "c1", "ann", "");
        PlanAdopted adopted = new PlanAdopted(VIEW, "c1", Plan.standard(), "ann", "");
        given(moved(adopted, COMPLETED)).when(REOPEN).expectEvents(reopened, new Paused(VIEW, "c1", "ann", "reopened"));
    }

    @Test
    void what_cannot_be_taken_back_any_more_is_not_reopened() {
        refused(REOPEN, moved(COMPLETED, PURGED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is purged, and only one that is held can be reopened; look at the view's status");
        refused(REOPEN, moved())
                .expectExceptionMessage(
                        "The last changeover of view 'order-board' is in phase serving, and only one that was completed can be reopened; look at its status");
        refused(REOPEN, REGISTERED)
                .expectExceptionMessage(
                        "The last changeover of view 'order-board' is none, and only one that was completed can be reopened; look at its status");
        refused(REOPEN, REGISTERED, DECLARED, new Aborted(VIEW, "c1", "ann", ""))
                .expectExceptionMessage(
                        "The last changeover of view 'order-board' is in phase aborted, and only one that was completed can be reopened; look at its status");
    }

    @Test
    void a_version_on_its_way_out_can_take_over_again_unless_its_table_is_kept_under_another_name() {
        Declare back = new Declare(VIEW, "c2", 1, "ann", "");
        Declared declared = new Declared(VIEW, "c2", 2, 1, "ann", "");
        given(moved(COMPLETED)).when(back).expectEvents(declared);
        given(moved(COMPLETED, PURGED, DROPPED)).when(back).expectEvents(declared);
        refused(back, moved(COMPLETED, PURGED))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is purged since 2026-03-10T12:00:00Z, and a changeover leads to one that is held, dropped or new; restore it to go on with its rows, or drop it to build it from nothing");
        refused(purge(LATER), moved(COMPLETED, declared))
                .expectExceptionMessage(
                        "Version 1 of view 'order-board' is not given up, and only one that is held can be purged; look at the view's status");
    }
}
