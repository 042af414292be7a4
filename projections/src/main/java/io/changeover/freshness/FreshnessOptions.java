package io.changeover.freshness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long readers wait.
 *
 * @param patience how long a reader waits at most that does not say so itself
 * @param maxPatience longest time that any reader waits, whatever it asks for
 * @param pollInterval pause between two looks at a version while readers wait for it
 */
public record FreshnessOptions(Duration patience, Duration maxPatience, Duration pollInterval) {

    /** Checks the times. */
    public FreshnessOptions {
        if (patience.isNegative() || patience.compareTo(maxPatience) > 0) {
            throw new IllegalArgumentException(
                    "Patience %s must be from 0 to the greatest, which is %s; set changeover.freshness.patience or changeover.freshness.max-patience"
                            .formatted(patience, maxPatience));
        }
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Poll interval %s must be at least 1 ms; set changeover.freshness.poll-interval"
                            .formatted(pollInterval));
        }
    }

    /** 2 seconds, 30 seconds and 10 milliseconds. */
    public static FreshnessOptions defaults() {
        return new FreshnessOptions(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMillis(10));
    }

    Duration patienceOf(@Nullable Duration asked) {
        if (asked == null) {
            return patience;
        }
        return asked.compareTo(maxPatience) > 0 ? maxPatience : asked;
    }
}
