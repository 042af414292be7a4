package io.changeover.autopilot;

import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.GateReading;
import java.util.List;

/**
 * What the autopilot acts through. Each call that changes something waits until the nodes that are up go by it, no longer
 * than the application's setting says, and throws {@link MoveRefusedException} when a rule does not hold. Safe for use by
 * several threads.
 */
public interface Controls {

    /** Who acts, in the audit trail. */
    String ACTOR = "autopilot";

    /**
     * What is wanted, and why.
     *
     * @param reason kept in the audit trail
     * @param commandId has it done once, however often it comes; empty for what changes nothing when it comes again
     */
    record Order(String reason, String commandId) {}

    /** How far the backfill of the new version has come. Changes nothing. */
    Building building(String view, Attempt attempt);

    /** Records that what the changeover needs is there. */
    void prepare(String view, List<GateReading> gates, Order order);

    /** Begins to build the new version, on this node. */
    void startBackfill(String view, Order order);

    /** Has this node work on a backfill that was begun; waits for its claim where another node still holds it. */
    void build(String view, Attempt attempt);

    /** Records that something has failed that a person must mend. */
    void fail(String view, String changeover, Order order);

    /** Records that the new version keeps up. */
    void confirmCaughtUp(String view, String changeover, List<GateReading> gates, Order order);

    /** Compares both versions and records the verdict. May take long. */
    void verify(String view, Order order);

    /** Has every node rehearse the flip of the routes. */
    void rehearse(String view, Order order);

    /** Records that the way back is there. */
    void proveWayBack(String view, Order order);

    /** Moves readers, forward or back. */
    void shift(String view, int percent, List<GateReading> gates, Order order);

    /** Records that the new version serves all readers and is watched from here on. */
    void startSoak(String view, String changeover, List<GateReading> gates, Order order);

    /** Ends the changeover with the new version serving. */
    void complete(String view, Order order);

    /** Has nothing move forward. */
    void pause(String view, Order order);

    /** Sends all readers back. */
    void rollBack(String view, List<GateReading> gates, Order order);

    /** Records that a rollback is over. */
    void confirmRollback(String view, String changeover, Order order);
}
