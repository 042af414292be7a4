package io.changeover.projections.autoconfigure;

import io.changeover.meter.StoreFiguresOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the store is read for meters.
 *
 * @param enabled whether this node has meters of the store and of changeovers; those of what the node does are always there
 * @param interval time between two readings, from 100 ms to a minute; meters show nothing when three were missed
 * @param maxNodes most nodes that have meters, those heard of last first; from 1 to 1,000
 */
@ConfigurationProperties("changeover.meters")
record MeterProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("50") int maxNodes) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    StoreFiguresOptions options(Duration silentAfter) {
        return new StoreFiguresOptions(interval, silentAfter, maxNodes);
    }
}
