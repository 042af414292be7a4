package io.changeover.projections.autoconfigure;

import io.changeover.throttle.ThrottleLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much backfills on this node may cost the live side. Work grows below half of a limit, shrinks above it and stops at
 * twice the limit; 0 switches a limit off. All of it can be changed while the node runs.
 *
 * @param stopped whether backfills rest until somebody lets them go on
 * @param maxWorkers greatest number of workers that are busy at once; by default as many as there are processors
 * @param maxEventsPerSecond greatest number of events that all backfills together take up in a second; none by default
 * @param liveLatency time that 95 of 100 appends on this node may take from insert to commit
 * @param liveLatencyRatio how many times as long as undisturbed appends on this node may take on average
 * @param liveLag events that a live version may be behind the end of the store
 * @param connectionWait how long the pool may take to hand out a connection
 * @param replicationLag how much of the write-ahead log a standby may be behind
 * @param replicationDelay how long a standby may be behind
 */
@ConfigurationProperties("changeover.backfill.throttle")
record ThrottleProperties(
        @DefaultValue("false") boolean stopped,
        @Nullable Integer maxWorkers,
        @DefaultValue("0") int maxEventsPerSecond,
        @DefaultValue("100ms") Duration liveLatency,
        @DefaultValue("1.1") double liveLatencyRatio,
        @DefaultValue("1000") long liveLag,
        @DefaultValue("100ms") Duration connectionWait,
        @DefaultValue("64MB") DataSize replicationLag,
        @DefaultValue("5s") Duration replicationDelay) {

    /** @throws IllegalArgumentException when a limit lies outside of its bounds; the message names each one that does */
    ThrottleLimits limits() {
        return new ThrottleLimits(
                stopped,
                maxWorkers == null ? ThrottleLimits.defaults().maxWorkers() : maxWorkers,
                maxEventsPerSecond,
                liveLatency,
                liveLatencyRatio,
                liveLag,
                connectionWait,
                replicationLag.toBytes(),
                replicationDelay);
    }
}
