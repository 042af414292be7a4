package io.changeover.projections.autoconfigure;

import io.changeover.fallback.FallbackOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the old version answers in place of a new one that fails or hangs. How long a new version may take is
 * {@code changeover.serving.time-limit}, or {@code changeover.views.<view>.time-limit} for one view.
 *
 * @param enabled whether it does; without it failures of a new version reach readers
 * @param errorBudget share of calls that may fall back over a changeover, from 0 to 1
 * @param failureShare share of the last calls from which on the breaker opens when they failed, above 0 and up to 1
 * @param slowCall time from which on an answer is slow; zero for the view's time limit
 * @param slowShare share of the last calls from which on the breaker opens when they were slow, above 0 and up to 1
 * @param window how many last calls the breaker judges
 * @param minimumCalls calls that the breaker must have seen before it judges
 * @param openFor how long an open breaker spares the new version before it lets calls try
 * @param trialCalls calls that may try it then
 * @param workers calls with a time limit that are made at once for one new version, each on a thread of its own; one that
 *     hangs in the database holds a connection, so it must be fewer than there are connections. 0 for three
 *     quarters of the connections of the pool, but two fewer at least, or 5 where that cannot be known
 * @param flushInterval how often counts are written to the database
 */
@ConfigurationProperties("changeover.fallback")
record FallbackProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0.001") double errorBudget,
        @DefaultValue("0.5") double failureShare,
        @DefaultValue("0s") Duration slowCall,
        @DefaultValue("0.5") double slowShare,
        @DefaultValue("100") int window,
        @DefaultValue("20") int minimumCalls,
        @DefaultValue("10s") Duration openFor,
        @DefaultValue("10") int trialCalls,
        @DefaultValue("0") int workers,
        @DefaultValue("2s") Duration flushInterval) {

    /**
     * @param defaultWorkers workers where none are given
     * @throws IllegalArgumentException when a value lies outside of its bounds
     */
    FallbackOptions options(int defaultWorkers) {
        return new FallbackOptions(
                errorBudget,
                failureShare,
                slowCall,
                slowShare,
                window,
                minimumCalls,
                openFor,
                trialCalls,
                workers == 0 ? defaultWorkers : workers,
                flushInterval);
    }
}
