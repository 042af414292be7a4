package io.changeover.operation;

import org.jspecify.annotations.Nullable;

/**
 * Where a version stands.
 *
 * @param version written form such as {@code order-board@2}
 * @param state {@code absent}, {@code backfilling}, {@code failed}, {@code live}, {@code purged}, {@code foreign}, or
 *     {@code stuck} when this node cannot get on with a component's events and keeps trying
 * @param position position up to which all events are applied
 * @param lag how many positions the version is behind the head of the store; 0 for a foreign version
 * @param rows number of rows as the database estimates it, or the exact count for small tables
 * @param deadLetters events that wait because a fold or a handler failed
 * @param backfill progress of the last or running backfill, or null
 * @param stale what changed in the folds since the rows were made, such as {@code folds of order.shipped changed}; null
 *     when nothing is known to have changed
 * @param retirement how far it is on its way out, or null unless it has been superseded
 * @param disposal {@code held}, {@code purged} or {@code dropped} for a version that was given up when its changeover was
 *     completed, else null
 */
public record VersionStatus(
        String version,
        String state,
        long position,
        long lag,
        long rows,
        long deadLetters,
        @Nullable BackfillStatus backfill,
        @Nullable String stale,
        @Nullable RetirementStatus retirement,
        @Nullable String disposal) {

    /** A version that has not been superseded. */
    public VersionStatus(
            String version,
            String state,
            long position,
            long lag,
            long rows,
            long deadLetters,
            @Nullable BackfillStatus backfill,
            @Nullable String stale) {
        this(version, state, position, lag, rows, deadLetters, backfill, stale, null, null);
    }

    /** A version of which nothing is known to have changed. */
    public VersionStatus(
            String version,
            String state,
            long position,
            long lag,
            long rows,
            long deadLetters,
            @Nullable BackfillStatus backfill) {
        this(version, state, position, lag, rows, deadLetters, backfill, null);
    }

    VersionStatus retiring(@Nullable RetirementStatus how) {
        return new VersionStatus(version, state, position, lag, rows, deadLetters, backfill, stale, how, disposal);
    }

    VersionStatus disposed(@Nullable String stage) {
        return new VersionStatus(version, state, position, lag, rows, deadLetters, backfill, stale, retirement, stage);
    }
}
