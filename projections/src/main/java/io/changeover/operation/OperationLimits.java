package io.changeover.operation;

import java.time.Duration;

/**
 * What must hold before more readers move forward.
 *
 * @param maxLag how many positions a version may be behind the head of the store
 * @param maxParityAge how old the last comparison may be
 * @param acknowledgementWait how long a decision waits at most until all nodes that are up go by it, before it is answered
 */
public record OperationLimits(long maxLag, Duration maxParityAge, Duration acknowledgementWait) {

    /** @throws IllegalArgumentException when a limit is negative */
    public OperationLimits {
        if (maxLag < 0 || maxParityAge.isNegative() || acknowledgementWait.isNegative()) {
            throw new IllegalArgumentException(
                    "maxLag is %d, maxParityAge is %s and acknowledgementWait is %s but none may be negative; correct 'changeover.gates' and 'changeover.serving'"
                            .formatted(maxLag, maxParityAge, acknowledgementWait));
        }
    }

    /** 1,000 positions, 15 minutes, 2 seconds. */
    public static OperationLimits defaults() {
        return new OperationLimits(1_000, Duration.ofMinutes(15), Duration.ofSeconds(2));
    }
}
