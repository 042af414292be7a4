package io.changeover.projection;

import java.time.Duration;

/**
 * How event handling components are run.
 *
 * @param batchSize events that are passed to a segment in one transaction, 1 or greater
 * @param claimInterval how often to look for segments that nobody works on, as after an error or the death of a node
 */
public record HandlerOptions(int batchSize, Duration claimInterval) {

    /** @throws IllegalArgumentException when the batch size is below 1 or the interval below a millisecond */
    public HandlerOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "batchSize is %d but must be 1 or greater; give a greater one".formatted(batchSize));
        }
        if (claimInterval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "claimInterval is %s but must be a millisecond or longer; give a longer one"
                            .formatted(claimInterval));
        }
    }

    /** Batches of 500 events, a look for free segments each second. */
    public static HandlerOptions defaults() {
        return new HandlerOptions(500, Duration.ofSeconds(1));
    }
}
