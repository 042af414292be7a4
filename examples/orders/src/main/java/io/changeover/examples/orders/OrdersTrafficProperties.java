package io.changeover.examples.orders;

import io.changeover.examples.orders.traffic.TrafficOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * New orders that keep coming in after the import.
 *
 * @param enabled whether traffic begins after the import
 * @param rate new orders per second
 * @param limit after how many orders traffic ends; 0 for never
 * @param seed what the orders look like; fixed once traffic has begun in a database
 * @param start time of the first order; by default each order has the time at which it is made
 * @param step time from one order to the next where a start is given
 */
@ConfigurationProperties("orders.traffic")
public record OrdersTrafficProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1") double rate,
        @DefaultValue("0") long limit,
        @DefaultValue("1") long seed,
        @Nullable Instant start,
        @DefaultValue("1s") Duration step) {

    TrafficOptions options() {
        return new TrafficOptions(rate, limit, seed, Optional.ofNullable(start), step);
    }
}
