package io.changeover.changeover;

import io.changeover.changeover.ChangeoverEvent.BackfillCompleted;
import io.changeover.changeover.ChangeoverEvent.BackfillStarted;
import io.changeover.changeover.ChangeoverEvent.CaughtUp;
import io.changeover.changeover.ChangeoverEvent.Completed;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverEvent.Failed;
import io.changeover.changeover.ChangeoverEvent.FlipRehearsed;
import io.changeover.changeover.ChangeoverEvent.ParityRecorded;
import io.changeover.changeover.ChangeoverEvent.Paused;
import io.changeover.changeover.ChangeoverEvent.PlanAdopted;
import io.changeover.changeover.ChangeoverEvent.Prepared;
import io.changeover.changeover.ChangeoverEvent.ReadsShifted;
import io.changeover.changeover.ChangeoverEvent.RollbackConfirmed;
import io.changeover.changeover.ChangeoverEvent.RolledBack;
import io.changeover.changeover.ChangeoverEvent.StepApproved;
import io.changeover.changeover.ChangeoverEvent.ViewRegistered;
import io.changeover.changeover.ChangeoverEvent.WayBackProven;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Events of one changeover of {@code order-board} from version 1 to 2, for tests to begin with. */
final class Changeovers {

    static final String VIEW = "order-board";
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
    static final Evidence HEALTHY = new Evidence(true, true, 0, 0, 1000, 0, 5, 900);
    static final Evidence OLD_IS_DOWN = new Evidence(false, true, 0, 0, 1000, 0, 5, 900);
    static final ParityFigures EQUAL = new ParityFigures("EQUAL", 90, 91, 326, 0, 0);
    static final ParityFigures DIFFERENT = new ParityFigures("DIFFERENT", 90, 91, 326, 0, 3);
    static final List<GateReading> PASS = List.of(GateReading.pass("lag", "3 positions", "at most 1000"));
    static final List<GateReading> NOT_ALL = List.of(
            GateReading.pass("lag", "3 positions", "at most 1000"),
            GateReading.hold("errors", "4 calls", "at least 20", "too few calls to tell; wait"),
            GateReading.refuse("latency", "3.1 times", "at most 2", "the new version is slow; look at it"));
    static final Plan PLAN = PlanReader.read(
            "{name: careful, steps: [{percent: 5}, {percent: 25, approval: approver}, {percent: 100}]}");

    static final ViewRegistered REGISTERED = new ViewRegistered(VIEW, 1);
    static final Declared DECLARED = new Declared(VIEW, "c1", 1, 2, "ann", "");
    static final PlanAdopted ADOPTED = new PlanAdopted(VIEW, "c1", PLAN, "ann", "");
    static final Prepared PREPARED = new Prepared(VIEW, "c1", PASS, "ann", "");
    static final BackfillStarted STARTED = new BackfillStarted(VIEW, "c1", "ann", "");
    static final BackfillCompleted BACKFILLED = new BackfillCompleted(VIEW, "c1", 88);
    static final CaughtUp CAUGHT_UP = new CaughtUp(VIEW, "c1", PASS, "ann", "");
    static final ParityRecorded PROVEN = new ParityRecorded(VIEW, "c1", EQUAL, "ann", "");
    static final FlipRehearsed REHEARSED = new FlipRehearsed(VIEW, "c1", 1, "ann", "");
    static final WayBackProven WAY_BACK = new WayBackProven(VIEW, "c1", HEALTHY, List.of("node-1"), "ann", "");
    static final StepApproved APPROVED = new StepApproved(VIEW, "c1", 25, "approver", "bob", "");
    static final Paused PAUSED = new Paused(VIEW, "c1", "ann", "lunch");
    static final Failed FAILED = new Failed(VIEW, "c1", "autopilot", "disk full");
    static final RolledBack ROLLED_BACK = new RolledBack(VIEW, "c1", 100, "ann", "");
    static final RollbackConfirmed CONFIRMED = new RollbackConfirmed(VIEW, "c1", List.of("node-1"));
    static final Completed COMPLETED = new Completed(VIEW, "c1", "ann", "");

    static final String NOT_OPEN = "View 'order-board' is in no changeover; declare one first";
    static final String IS_PAUSED =
            "The changeover of view 'order-board' is paused since 2026-03-10T12:00:00Z by 'ann' (lunch), and nothing moves forward until it is resumed; resume it";
    static final String HAS_FAILED =
            "The changeover of view 'order-board' has failed since 2026-03-10T12:00:00Z by 'autopilot' (disk full), and nothing moves forward until it is resumed; resume it";
    static final String IS_ROLLING_BACK =
            "View 'order-board' is being rolled back, and not every node has acknowledged it; wait until it is rolled back";
    static final String NOT_ALL_PASS =
            "gate errors says hold, with 4 calls where at least 20 is required: too few calls to tell; wait; also, gate latency says refuse, with 3.1 times where at most 2 is required: the new version is slow; look at it";

    private Changeovers() {}

    static ReadsShifted shifted(int from, int to) {
        return new ReadsShifted(VIEW, "c1", to, from, HEALTHY, "ann", "");
    }

    /** Ready for the first reader to move, with a plan. */
    static Object[] ready(Object... more) {
        return with(
                new Object[] {
                    REGISTERED, DECLARED, ADOPTED, PREPARED, STARTED, BACKFILLED, CAUGHT_UP, PROVEN, REHEARSED, WAY_BACK
                },
                more);
    }

    /** All readers have moved, without a plan. */
    static Object[] moved(Object... more) {
        return with(
                new Object[] {REGISTERED, DECLARED, STARTED, BACKFILLED, PROVEN, REHEARSED, WAY_BACK, shifted(0, 100)},
                more);
    }

    private static Object[] with(Object[] events, Object... more) {
        Object[] all = Arrays.copyOf(events, events.length + more.length);
        System.arraycopy(more, 0, all, events.length, more.length);
        return all;
    }
}
