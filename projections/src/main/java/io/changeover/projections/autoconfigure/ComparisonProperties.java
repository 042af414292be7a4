package io.changeover.projections.autoconfigure;

import io.changeover.comparison.ComparisonOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Comparisons that are kept, with all their differences.
 *
 * @param atOnce comparisons that run at once on this node; the others wait for their turn
 * @param maxDifferences differing rows of a comparison that are kept; with more, it stops at the end of a range of keys and says so
 * @param retention how long a comparison that has ended is kept; the latest of two versions stays for ever
 * @param heartbeat how often a running comparison tells that it is alive and looks whether it is still wanted
 * @param staleAfter how long nothing must be heard of a running comparison before another node takes it over
 * @param look how often to look for such comparisons
 */
@ConfigurationProperties("changeover.comparisons")
record ComparisonProperties(
        @DefaultValue("2") int atOnce,
        @DefaultValue("1000000") long maxDifferences,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("2s") Duration heartbeat,
        @DefaultValue("30s") Duration staleAfter,
        @DefaultValue("10s") Duration look) {

    /** @throws IllegalArgumentException when a setting lies outside of its bounds */
    ComparisonOptions options() {
        return new ComparisonOptions(
                atOnce,
                maxDifferences,
                retention,
                heartbeat,
                staleAfter,
                look,
                ComparisonOptions.defaults().buffer());
    }
}
