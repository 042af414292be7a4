package io.changeover.projections.autoconfigure;

import io.changeover.autopilot.AutopilotOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How changeovers that have a plan are carried forward.
 *
 * @param enabled whether this node does it; one node of the application that does is enough
 * @param interval time between two looks at each changeover
 * @param takeover time after which another node takes over from one that has not been heard of; the same on all nodes
 * @param patience longest time that one look may take before another node may take over
 * @param verifyAgain time from a comparison that did not find both versions equal to the next one
 */
@ConfigurationProperties("changeover.autopilot")
record AutopilotProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1s") Duration interval,
        @DefaultValue("3s") Duration takeover,
        @DefaultValue("30s") Duration patience,
        @DefaultValue("1m") Duration verifyAgain) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    AutopilotOptions options() {
        return new AutopilotOptions(interval, takeover, patience, verifyAgain);
    }
}
