package io.changeover.serving;

import java.time.Duration;

/**
 * How a node follows decisions about who serves.
 *
 * @param pollInterval how often it looks while a changeover of any view is open, greater than zero
 * @param idleInterval how often it looks otherwise, greater than zero
 * @param patience how long it goes on as before when it cannot learn what was decided, greater than zero
 */
public record FollowOptions(Duration pollInterval, Duration idleInterval, Duration patience) {

    /** Checks the bounds. */
    public FollowOptions {
        require("poll interval", pollInterval);
        require("idle interval", idleInterval);
        require("patience", patience);
    }

    private static void require(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "The %s is %s but must be greater than zero; correct it".formatted(name, value));
        }
    }
}
