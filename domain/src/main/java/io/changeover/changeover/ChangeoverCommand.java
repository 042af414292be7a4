package io.changeover.changeover;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

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

    /** Sends all reads back; repeated, it changes nothing. */
    record RollBack(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Ends the changeover with the new version serving. */
    record Complete(String view, String actor, String reason) implements ChangeoverCommand {}

    /** Ends the changeover with the old version serving. */
    record Abort(String view, String actor, String reason) implements ChangeoverCommand {}
}
