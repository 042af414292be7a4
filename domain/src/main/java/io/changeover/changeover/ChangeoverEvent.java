package io.changeover.changeover;

import io.changeover.event.EventType;
import io.changeover.plan.Plan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a view: who serves it, and each step of moving it from one version to another. */
public sealed interface ChangeoverEvent {

    /** The classes of all these events, for registration. */
    List<Class<? extends ChangeoverEvent>> CLASSES = List.of(
            ViewRegistered.class,
            Declared.class,
            PlanAdopted.class,
            Prepared.class,
            BackfillStarted.class,
            BackfillCompleted.class,
            CaughtUp.class,
            ParityRecorded.class,
            FlipRehearsed.class,
            WayBackProven.class,
            StepApproved.class,
            StepHurried.class,
            ReadsShifted.class,
            SoakStarted.class,
            Paused.class,
            Resumed.class,
            Failed.class,
            RolledBack.class,
            RollbackConfirmed.class,
            ReaderPinned.class,
            ReaderUnpinned.class,
            SunsetScheduled.class,
            SunsetWithdrawn.class,
            Completed.class,
            Reopened.class,
            VersionPurged.class,
            VersionRestored.class,
            VersionDropped.class,
            Aborted.class);

    /** Name of the view. */
    String view();

    /**
     * A view is served for the first time.
     *
     * @param version the version that serves it
     */
    @EventType(name = "changeover.view-registered")
    record ViewRegistered(String view, int version) implements ChangeoverEvent {}

    /**
     * A changeover begins; nothing else has happened yet.
     *
     * @param changeoverId identifier of this changeover
     * @param from version that serves now
     * @param to version that is to take over
     */
    @EventType(name = "changeover.declared")
    record Declared(String view, String changeoverId, int from, int to, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * The changeover is carried out by a plan from here on.
     *
     * @param plan the plan, whole
     */
    @EventType(name = "changeover.plan-adopted")
    record PlanAdopted(String view, String changeoverId, Plan plan, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * What the changeover needs is there.
     *
     * @param gates what was looked at
     */
    @EventType(name = "changeover.prepared")
    record Prepared(String view, String changeoverId, List<GateReading> gates, String actor, String reason)
            implements ChangeoverEvent {}

    /** The new version is being built from history. */
    @EventType(name = "changeover.backfill-started")
    record BackfillStarted(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /**
     * The new version holds all of history and follows live events.
     *
     * @param position position at which live processing took over
     */
    @EventType(name = "changeover.backfill-completed")
    record BackfillCompleted(String view, String changeoverId, long position) implements ChangeoverEvent {}

    /**
     * The new version keeps up with the store.
     *
     * @param gates what was looked at
     */
    @EventType(name = "changeover.caught-up")
    record CaughtUp(String view, String changeoverId, List<GateReading> gates, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * Both versions were compared.
     *
     * @param figures what the comparison found
     */
    @EventType(name = "changeover.parity-recorded")
    record ParityRecorded(String view, String changeoverId, ParityFigures figures, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * Every node is to work out the routes to either version and back, and to acknowledge that it could; no reader moves.
     *
     * @param number how many rehearsals this changeover has had with this one
     */
    @EventType(name = "changeover.flip-rehearsed")
    record FlipRehearsed(String view, String changeoverId, int number, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * The way back is there: the old version follows, and every node can flip.
     *
     * @param evidence what the rules saw
     * @param acknowledgedBy nodes that have rehearsed the flip
     */
    @EventType(name = "changeover.way-back-proven")
    record WayBackProven(
            String view,
            String changeoverId,
            Evidence evidence,
            List<String> acknowledgedBy,
            String actor,
            String reason)
            implements ChangeoverEvent {}

    /**
     * Somebody agrees to a step of the plan.
     *
     * @param percent the step
     * @param role the role in which they agree
     */
    @EventType(name = "changeover.step-approved")
    record StepApproved(String view, String changeoverId, int percent, String role, String actor, String reason)
            implements ChangeoverEvent {}

    /** Somebody asks to go on to the next step before the time of this one is over. */
    @EventType(name = "changeover.step-hurried")
    record StepHurried(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /**
     * Reads move between the versions.
     *
     * @param percent share of readers that the new version serves from here on
     * @param previousPercent the share before
     * @param evidence what the rules saw
     * @param gates what the plan's gates saw; empty where a person has shifted without a plan
     */
    @EventType(name = "changeover.reads-shifted")
    record ReadsShifted(
            String view,
            String changeoverId,
            int percent,
            int previousPercent,
            Evidence evidence,
            @Nullable List<GateReading> gates,
            String actor,
            String reason)
            implements ChangeoverEvent {

        /** Events from before there were plans have none. */
        public ReadsShifted {
            gates = gates == null ? List.of() : List.copyOf(gates);
        }

        /** A shift without a plan. */
        public ReadsShifted(
                String view,
                String changeoverId,
                int percent,
                int previousPercent,
                Evidence evidence,
                String actor,
                String reason) {
            this(view, changeoverId, percent, previousPercent, evidence, List.of(), actor, reason);
        }
    }

    /**
     * The new version serves all readers, and it is seen whether it stays well.
     *
     * @param gates what was looked at
     */
    @EventType(name = "changeover.soak-started")
    record SoakStarted(String view, String changeoverId, List<GateReading> gates, String actor, String reason)
            implements ChangeoverEvent {}

    /** Nothing moves forward until somebody resumes it. */
    @EventType(name = "changeover.paused")
    record Paused(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /** What was paused, had failed or was rolled back goes on. */
    @EventType(name = "changeover.resumed")
    record Resumed(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /** Something has failed that a person must mend before anything moves forward; the reason says what. */
    @EventType(name = "changeover.failed")
    record Failed(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /**
     * Some readers are served by one version whatever their cohort.
     *
     * @param version the version that serves them from here on
     * @param evidence what the rules saw
     */
    @EventType(name = "changeover.reader-pinned")
    record ReaderPinned(
            String view,
            String changeoverId,
            Pin.Kind kind,
            String value,
            int version,
            Evidence evidence,
            String actor,
            String reason)
            implements ChangeoverEvent {}

    /** Readers who were pinned go by their cohort again. */
    @EventType(name = "changeover.reader-unpinned")
    record ReaderUnpinned(String view, String changeoverId, Pin.Kind kind, String value, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * It is settled from when on a superseded version is not answered any more.
     *
     * @param version the superseded version
     * @param sunsetAt from when on
     * @param link address of a page for those who must move, or null
     */
    @EventType(name = "changeover.sunset-scheduled")
    record SunsetScheduled(
            String view, int version, Instant sunsetAt, @Nullable String link, String actor, String reason)
            implements ChangeoverEvent {}

    /** A superseded version is answered without an end again. */
    @EventType(name = "changeover.sunset-withdrawn")
    record SunsetWithdrawn(String view, int version, String actor, String reason) implements ChangeoverEvent {}

    /**
     * All reads go back to the old version, also those of readers who were pinned to the new one.
     *
     * @param previousPercent the share of the new version before
     * @param gates what the gates saw that sent them back; empty where a person did
     */
    @EventType(name = "changeover.rolled-back")
    record RolledBack(
            String view,
            String changeoverId,
            int previousPercent,
            @Nullable List<GateReading> gates,
            String actor,
            String reason)
            implements ChangeoverEvent {

        /** Events from before there were plans have none. */
        public RolledBack {
            gates = gates == null ? List.of() : List.copyOf(gates);
        }

        /** A rollback by a person. */
        public RolledBack(String view, String changeoverId, int previousPercent, String actor, String reason) {
            this(view, changeoverId, previousPercent, List.of(), actor, reason);
        }
    }

    /**
     * Every node sends all reads to the old version.
     *
     * @param acknowledgedBy nodes that do
     */
    @EventType(name = "changeover.rollback-confirmed")
    record RollbackConfirmed(String view, String changeoverId, List<String> acknowledgedBy)
            implements ChangeoverEvent {}

    /** The new version is the one that serves; the old one is held, follows, and answers nobody. */
    @EventType(name = "changeover.completed")
    record Completed(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /** The completion is taken back: the new version serves all readers, and the old one can take them back again. */
    @EventType(name = "changeover.reopened")
    record Reopened(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /**
     * A version that was given up is not projected any more; its table is kept under another name.
     *
     * @param version the version
     */
    @EventType(name = "changeover.version-purged")
    record VersionPurged(String view, int version, String actor, String reason) implements ChangeoverEvent {}

    /**
     * A version that was purged is projected again.
     *
     * @param version the version
     */
    @EventType(name = "changeover.version-restored")
    record VersionRestored(String view, int version, String actor, String reason) implements ChangeoverEvent {}

    /**
     * A version that was purged is gone for good.
     *
     * @param version the version
     */
    @EventType(name = "changeover.version-dropped")
    record VersionDropped(String view, int version, String actor, String reason) implements ChangeoverEvent {}

    /** The changeover is given up; the old version goes on serving. */
    @EventType(name = "changeover.aborted")
    record Aborted(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}
}
