package io.changeover.backfill;

import io.changeover.view.VersionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A moment of a backfill.
 *
 * @param version the version that is built
 * @param state what it does
 * @param start position from which this run went on
 * @param position position that is committed
 * @param horizon position at which it ends
 * @param total how many events concern the version, exactly, from the beginning of the store to the horizon; 0 where a
 *     component builds it, since only the component knows
 * @param done how many of them are folded
 * @param repeated how many of those that this run began with had been folded before by a run that did not commit them
 * @param rate events that concern the version folded in a second, over the last ten seconds; over the whole run once it
 *     is over
 * @param elapsed how long this run has taken so far, without what it was paused
 * @param eta time left at this rate, or null while it is unknown and once it is over
 * @param bottleneck what the rest waits for: {@code read}, {@code parse}, {@code fold}, {@code load}, {@code write} or
 *     {@code handle} for the component that a version is built by; empty while it is unknown
 * @param stages where the time went
 * @param rowsInMemory rows held in memory
 * @param bytesInMemory estimate of the memory that they take
 * @param deadLetters events that wait because they could not be folded
 * @param together how many versions are built by the same reading of the store
 * @param failure why it failed, or what keeps it from getting on while it runs, or null
 */
public record BackfillProgress(
        VersionId version,
        State state,
        long start,
        long position,
        long horizon,
        long total,
        long done,
        long repeated,
        double rate,
        Duration elapsed,
        @Nullable Duration eta,
        String bottleneck,
        StageTimes stages,
        long rowsInMemory,
        long bytesInMemory,
        long deadLetters,
        int together,
        @Nullable String failure) {

    /** What a backfill does. */
    public enum State {
        /** Waits for its claim, or finds out what there is to do. */
        STARTING,
        /** Under way. */
        RUNNING,
        /** Builds keys, indexes and statistics. */
        INDEXING,
        /** At its horizon; the version is live. */
        DONE,
        /** At its horizon and following live events, but some events wait as dead letters. */
        INCOMPLETE,
        /** Stopped by a person; it goes on from its last checkpoint when asked for again. */
        PAUSED,
        /** Stopped by a person, and what was built is gone. */
        CANCELLED,
        /** Stopped by an error; it goes on from its last checkpoint when asked for again. */
        FAILED
    }
}
