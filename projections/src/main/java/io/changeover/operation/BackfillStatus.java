package io.changeover.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a backfill.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param position position reached and committed
 * @param horizon position at which the backfill ends and live processing begins
 * @param events events read so far in this run
 * @param eventsPerSecond mean rate of this run
 * @param elapsed time since this run began
 * @param eta time left at this rate, or null when unknown or done
 * @param failure why it stopped, or what keeps the version from getting on, or null
 */
public record BackfillStatus(
        String state,
        long position,
        long horizon,
        long events,
        double eventsPerSecond,
        Duration elapsed,
        @Nullable Duration eta,
        @Nullable String failure) {

    /** Share of the way to the horizon that is done, from 0 to 1. */
    public double fraction() {
        return horizon == 0 ? 1 : Math.min(1, (double) position / horizon);
    }
}
