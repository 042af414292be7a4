package io.changeover.projections.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the end of versions is carried out.
 *
 * @param interval time between two looks of a node at what is decided and not carried out yet
 * @param patience how long a verb waits for other nodes to let go of a version before it answers that they have not; they
 *     go on by themselves
 */
@ConfigurationProperties("changeover.completion")
record CompletionProperties(@DefaultValue("1s") Duration interval, @DefaultValue("15s") Duration patience) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    CompletionProperties {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "changeover.completion.interval is %s but must be at least 1 ms; correct it".formatted(interval));
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException(
                    "changeover.completion.patience is %s but must not be negative; correct it".formatted(patience));
        }
    }
}
