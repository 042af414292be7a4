package io.changeover.backfill;

import io.changeover.view.VersionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A moment of a backfill.
 *
 * @param version the version that is built
 * @param state whether it runs, is done or has failed
 * @param start position from which this run went on
 * @param position position that is committed
 * @param horizon position at which it ends
 * @param events events read in this run
 * @param elapsed how long this run has taken so far
 * @param failure why it failed, or what keeps it from getting on while it runs, or null
 */
public record BackfillProgress(
        VersionId version,
        State state,
        long start,
        long position,
        long horizon,
        long events,
        Duration elapsed,
        @Nullable String failure) {

    /** Where a backfill stands. */
    public enum State {
        /** Under way. */
        RUNNING,
        /** At its horizon; the version is live. */
        DONE,
        /** Stopped by an error; it resumes at its last checkpoint when asked for again. */
        FAILED
    }

    /** Mean rate of this run. */
    public double eventsPerSecond() {
        double seconds = elapsed.toNanos() / 1e9;
        return seconds == 0 ? 0 : events / seconds;
    }

    /** Time left at the mean rate, or null while it is unknown and once it is done. */
    public @Nullable Duration eta() {
        if (state != State.RUNNING || position <= start) {
            return null;
        }
        double left = (double) (horizon - position) / (position - start);
        return Duration.ofNanos((long) (elapsed.toNanos() * left));
    }
}
