package io.changeover.operation;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.BackfillProgress.State;
import io.changeover.backfill.StageTimes;
import io.changeover.projection.VersionState;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a backfill.
 *
 * @param state {@code starting}, {@code running}, {@code indexing}, {@code done}, {@code incomplete}, {@code paused},
 *     {@code cancelled} or {@code failed}
 * @param position position reached and committed
 * @param horizon position at which the backfill ends and live processing begins
 * @param total how many events concern the version, exactly; 0 while unknown, and where another node builds it
 * @param events how many of them are folded
 * @param repeated how many had been folded before by a run that could not commit them
 * @param eventsPerSecond rate over the last ten seconds
 * @param elapsed time since this run began
 * @param eta time left at this rate, or null when unknown or over
 * @param bottleneck the stage that the others wait for, or empty
 * @param stages where the time went, summed over the threads that work at once
 * @param rowsInMemory rows held in memory
 * @param bytesInMemory estimate of the memory that they take
 * @param deadLetters events that wait because they could not be folded
 * @param together how many versions are built by the same reading of the store
 * @param failure why it stopped, or what keeps the version from getting on, or null
 */
public record BackfillStatus(
        String state,
        long position,
        long horizon,
        long total,
        long events,
        long repeated,
        double eventsPerSecond,
        Duration elapsed,
        @Nullable Duration eta,
        String bottleneck,
        StageTimes stages,
        long rowsInMemory,
        long bytesInMemory,
        long deadLetters,
        int together,
        @Nullable String failure) {

    /** What this node knows of a backfill that it runs or ran. */
    static BackfillStatus of(BackfillProgress progress) {
        return new BackfillStatus(
                word(progress.state()),
                progress.position(),
                progress.horizon(),
                progress.total(),
                progress.done(),
                progress.repeated(),
                progress.rate(),
                progress.elapsed(),
                progress.eta(),
                progress.bottleneck(),
                progress.stages(),
                progress.rowsInMemory(),
                progress.bytesInMemory(),
                progress.deadLetters(),
                progress.together(),
                progress.failure());
    }

    /** What the database knows of a backfill that another node runs, or that was over before this node started. */
    static BackfillStatus of(VersionState state, long position, long deadLetters) {
        State told =
                switch (state.stage()) {
                    case LIVE, PURGED -> State.DONE;
                    case INCOMPLETE -> State.INCOMPLETE;
                    case FAILED -> State.FAILED;
                    case PAUSED -> State.PAUSED;
                    case CANCELLED -> State.CANCELLED;
                    case BACKFILLING -> State.RUNNING;
                };
        return new BackfillStatus(
                word(told),
                Math.min(position, state.horizon()),
                state.horizon(),
                0,
                0,
                0,
                0,
                Duration.ZERO,
                null,
                "",
                StageTimes.none(),
                0,
                0,
                deadLetters,
                1,
                state.failure());
    }

    /** The same with what keeps the version from getting on, unless it already tells of a failure. */
    BackfillStatus hinderedBy(@Nullable String reason) {
        return reason == null || failure != null
                ? this
                : new BackfillStatus(
                        state,
                        position,
                        horizon,
                        total,
                        events,
                        repeated,
                        eventsPerSecond,
                        elapsed,
                        eta,
                        bottleneck,
                        stages,
                        rowsInMemory,
                        bytesInMemory,
                        deadLetters,
                        together,
                        reason);
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Share of the work that is done, from 0 to 1: of the events where they are counted, else of the way to the horizon. */
    public double fraction() {
        if (total > 0) {
            return Math.min(1, (double) events / total);
        }
        return horizon == 0 ? 1 : Math.min(1, (double) position / horizon);
    }
}
