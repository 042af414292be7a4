package io.changeover.changeover;

import io.changeover.event.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a view: who serves it, and each step of moving it from one version to another. */
public sealed interface ChangeoverEvent {

    /** The classes of all these events, for registration. */
    List<Class<? extends ChangeoverEvent>> CLASSES = List.of(
            ViewRegistered.class,
            Declared.class,
            BackfillStarted.class,
            BackfillCompleted.class,
            ParityRecorded.class,
            ReadsShifted.class,
            RolledBack.class,
            ReaderPinned.class,
            ReaderUnpinned.class,
            SunsetScheduled.class,
            SunsetWithdrawn.class,
            Completed.class,
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
     * Both versions were compared.
     *
     * @param figures what the comparison found
     */
    @EventType(name = "changeover.parity-recorded")
    record ParityRecorded(String view, String changeoverId, ParityFigures figures, String actor, String reason)
            implements ChangeoverEvent {}

    /**
     * Reads move between the versions.
     *
     * @param percent share of readers that the new version serves from here on
     * @param previousPercent the share before
     * @param evidence what the rules saw
     */
    @EventType(name = "changeover.reads-shifted")
    record ReadsShifted(
            String view,
            String changeoverId,
            int percent,
            int previousPercent,
            Evidence evidence,
            String actor,
            String reason)
            implements ChangeoverEvent {}

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
     */
    @EventType(name = "changeover.rolled-back")
    record RolledBack(String view, String changeoverId, int previousPercent, String actor, String reason)
            implements ChangeoverEvent {}

    /** The new version is the one that serves. */
    @EventType(name = "changeover.completed")
    record Completed(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}

    /** The changeover is given up; the old version goes on serving. */
    @EventType(name = "changeover.aborted")
    record Aborted(String view, String changeoverId, String actor, String reason) implements ChangeoverEvent {}
}
