package io.changeover.changeover;

import java.time.Instant;
import java.util.List;
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

    /** Opens a changeover to another version. */
    record Declare(String view, String changeoverId, int to, String actor, String reason)
            implements ChangeoverCommand {}

    /** Begins to build the new version; repeated, it changes nothing. */
    record StartBackfill(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Reports that the new version is live from the position on; repeated, it changes nothing. */
    record CompleteBackfill(String view, String changeoverId, long position) implements ChangeoverCommand {}

    /** Records what a comparison found. */
    record RecordParity(String view, ParityFigures figures, String actor, String reason) implements ChangeoverCommand {}

    /** Moves reads to the given percentage. */
    record Shift(String view, int percent, Evidence evidence, String actor, String reason)
            implements ChangeoverCommand {}

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

    /** Sends all reads back; repeated, it changes nothing. */
    record RollBack(String view, String actor, String reason) implements ChangeoverCommand {}

    /**
     * Ends the changeover with the new version serving.
     *
     * @param readers who was answered by the old version after all readers had moved
     */
    record Complete(String view, List<StillReading> readers, String actor, String reason)
            implements ChangeoverCommand {}

    /** Ends the changeover with the old version serving. */
    record Abort(String view, String actor, String reason) implements ChangeoverCommand {}
}
