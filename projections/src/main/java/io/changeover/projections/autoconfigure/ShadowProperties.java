package io.changeover.projections.autoconfigure;

import io.changeover.shadow.ShadowOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How sampled calls are asked of the other version too. Which share of calls is sampled, {@code changeover.serving.shadow-share}
 * says.
 *
 * @param enabled whether this node does it
 * @param threads threads of this node that ask; each holds one connection while it does. By default 2
 * @param queue calls that wait for a thread; further ones are left out and counted. By default 100
 * @param timeout longest time for one call of a version. By default 5 s
 * @param exactEvery every so many samples are looked at exactly without a difference, to measure how often the version
 *     that serves contradicts itself. By default 10
 * @param attempts how often a sample that differs is looked at while events are in flight. By default 3
 * @param pause pause before each further look. By default 50 ms
 * @param maxGap positions between the versions beyond which everything is taken to be in flight. By default 10,000
 * @param keptDifferences latest differences that are kept of each view. By default 200
 * @param flushInterval how often counts are written; a crash loses what was counted since. By default 5 s
 */
@ConfigurationProperties("changeover.shadow")
record ShadowProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2") int threads,
        @DefaultValue("100") int queue,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("10") int exactEvery,
        @DefaultValue("3") int attempts,
        @DefaultValue("50ms") Duration pause,
        @DefaultValue("10000") long maxGap,
        @DefaultValue("200") int keptDifferences,
        @DefaultValue("5s") Duration flushInterval) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    ShadowOptions options() {
        return new ShadowOptions(
                threads, queue, timeout, exactEvery, attempts, pause, maxGap, keptDifferences, flushInterval);
    }
}
