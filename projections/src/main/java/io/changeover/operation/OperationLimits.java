package io.changeover.operation;

import java.time.Duration;

/**
 * What must hold before more readers move forward.
 *
 * @param maxLag how many positions a version may be behind the head of the store
 * @param maxParityAge how old the last comparison may be
 */
public record OperationLimits(long maxLag, Duration maxParityAge) {

    /** @throws IllegalArgumentException when a limit is negative */
    public OperationLimits {
        if (maxLag < 0 || maxParityAge.isNegative()) {
            throw new IllegalArgumentException(
                    "maxLag is %d and maxParityAge is %s but neither may be negative; correct 'changeover.gates'"
                            .formatted(maxLag, maxParityAge));
        }
    }

    /** 1,000 positions and 15 minutes. */
    public static OperationLimits defaults() {
        return new OperationLimits(1_000, Duration.ofMinutes(15));
    }
}
