package io.changeover.changeover;

import io.changeover.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Something asked of the changeover of a view. Every command but the first names who asks and why. */
public sealed interface ChangeoverCommand {

    /** Name of the view. */
    String view();

    /** Identifier of the aggregate that keeps the view's changeovers. */
    @TargetAggregateIdentifier
    default String aggregateId() {
        return Changeover.idOf(view());
    }

    /** Says which version serves a view that no changeover has touched; repeated, it changes nothing. */
    record RegisterView(String view, int version) implements ChangeoverCommand {}

    /**
     * Opens a changeover to another version.
     *
     * @param plan what it is carried out by from the beginning, or null where a person takes each step; with a plan that
     *     does not fit nothing is declared
     */
    record Declare(String view, String changeoverId, int to, @Nullable Plan plan, String actor, String reason)
            implements ChangeoverCommand {

        /** A changeover that a person takes through each step. */
        public Declare(String view, String changeoverId, int to, String actor, String reason) {
            this(view, changeoverId, to, null, actor, reason);
        }
    }

    /** Has the changeover carried out by a plan, in place of the one before; what was approved is to be approved again. */
    record AdoptPlan(String view, Plan plan, String actor, String reason) implements ChangeoverCommand {}

    /** Records that what the changeover needs is there; repeated, it changes nothing. */
    record Prepare(String view, List<GateReading> gates, String actor, String reason) implements ChangeoverCommand {}

    /** Begins to build the new version; repeated, it changes nothing. */
    record StartBackfill(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Reports that the new version is live from the position on; repeated, it changes nothing. */
    record CompleteBackfill(String view, String changeoverId, long position) implements ChangeoverCommand {}

    /** Records what a comparison found. */
    record RecordParity(String view, ParityFigures figures, String actor, String reason) implements ChangeoverCommand {}

    /** Records that the new version keeps up with the store; repeated, it changes nothing. */
    record ConfirmCaughtUp(String view, String changeoverId, List<GateReading> gates, String actor, String reason)
            implements ChangeoverCommand {}

    /** Has every node work out the routes to either version and back, and acknowledge it. */
    record RehearseFlip(String view, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Records that the way back is there.
     *
     * @param acknowledgedBy nodes that have rehearsed the flip
     * @param awaiting nodes that are up and have not
     */
    record ProveWayBack(
            String view,
            Evidence evidence,
            List<String> acknowledgedBy,
            List<String> awaiting,
            String actor,
            String reason)
            implements ChangeoverCommand {}

    /**
     * Agrees to a step of the plan.
     *
     * @param percent the step
     * @param roles roles that the one who agrees has
     */
    record ApproveStep(String view, int percent, Set<String> roles, String actor, String reason)
            implements ChangeoverCommand {}

    /** Asks to go on to the next step before the time of this one is over. */
    record HurryStep(String view, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Moves reads to the given percentage.
     *
     * @param gates what the plan's gates saw; empty where a person shifts without a plan
     */
    record Shift(String view, int percent, Evidence evidence, List<GateReading> gates, String actor, String reason)
            implements ChangeoverCommand {

        /** A shift without a plan. */
        public Shift(String view, int percent, Evidence evidence, String actor, String reason) {
            this(view, percent, evidence, List.of(), actor, reason);
        }
    }

    /** Records that the new version serves all readers and is watched from here on; repeated, it changes nothing. */
    record StartSoak(String view, String changeoverId, List<GateReading> gates, String actor, String reason)
            implements ChangeoverCommand {}

    /** Has nothing move forward; repeated, or where something has failed already, it changes nothing. */
    record Pause(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Lets go on what was paused, has failed or was rolled back. */
    record Resume(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Records that something has failed that a person must mend; repeated, it changes nothing. */
    record Fail(String view, String changeoverId, String actor, String reason) implements ChangeoverCommand {}

    /** Has readers served by one version whatever their cohort; repeated, it changes nothing. */
    record PinReader(String view, Pin pin, int version, Evidence evidence, String actor, String reason)
            implements ChangeoverCommand {}

    /** Lets readers who were pinned go by their cohort again. */
    record UnpinReader(String view, Pin pin, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Settles from when on a superseded version is not answered any more.
     *
     * @param sunsetAt from when on
     * @param earliest before when that must not be, so that consumers have the notice they were promised
     * @param link address of a page for those who must move, or null
     */
    record ScheduleSunset(
            String view,
            int version,
            Instant sunsetAt,
            Instant earliest,
            @Nullable String link,
            String actor,
            String reason)
            implements ChangeoverCommand {}

    /** Lets a superseded version be answered without an end again; repeated, it changes nothing. */
    record WithdrawSunset(String view, int version, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Sends all reads back; repeated, it changes nothing.
     *
     * @param gates what the gates saw that send them back; empty where a person does
     */
    record RollBack(String view, List<GateReading> gates, String actor, String reason) implements ChangeoverCommand {

        /** A rollback by a person. */
        public RollBack(String view, String actor, String reason) {
            this(view, List.of(), actor, reason);
        }
    }

    /**
     * Records that every node sends all reads to the old version; repeated, it changes nothing.
     *
     * @param acknowledgedBy nodes that do
     * @param awaiting nodes that are up and do not yet
     */
    record ConfirmRollback(String view, String changeoverId, List<String> acknowledgedBy, List<String> awaiting)
            implements ChangeoverCommand {}

    /**
     * Ends the changeover with the new version serving.
     *
     * @param readers who was answered by the old version after all readers had moved
     */
    record Complete(String view, List<StillReading> readers, String actor, String reason)
            implements ChangeoverCommand {}

    /** Takes the completion of the last changeover back while the old version is held. */
    record Reopen(String view, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Has a version that is held not be projected any more; repeated, it changes nothing.
     *
     * @param now the time
     * @param hold how long it must have been held
     */
    record PurgeVersion(String view, int version, Instant now, Duration hold, String actor, String reason)
            implements ChangeoverCommand {}

    /** Has a purged version be projected again; repeated, it changes nothing. */
    record RestoreVersion(String view, int version, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Has a purged version be gone for good; repeated, it changes nothing.
     *
     * @param now the time
     * @param purge how long it must have been purged
     */
    record DropVersion(String view, int version, Instant now, Duration purge, String actor, String reason)
            implements ChangeoverCommand {}

    /** Ends the changeover with the old version serving. */
    record Abort(String view, String actor, String reason) implements ChangeoverCommand {}
}
