package io.changeover.projections.autoconfigure;

import io.changeover.freshness.FreshnessOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reads that must not miss what their reader has written or seen.
 *
 * @param patience how long such a read waits at most, where the reader does not say
 * @param maxPatience longest time that a reader may ask to wait
 * @param pollInterval pause between two looks at how far a version has come, while any reader waits for it
 */
@ConfigurationProperties("changeover.freshness")
record FreshnessProperties(
        @DefaultValue("2s") Duration patience,
        @DefaultValue("30s") Duration maxPatience,
        @DefaultValue("10ms") Duration pollInterval) {

    FreshnessOptions options() {
        return new FreshnessOptions(patience, maxPatience, pollInterval);
    }
}
