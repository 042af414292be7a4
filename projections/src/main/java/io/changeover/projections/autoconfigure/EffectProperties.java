package io.changeover.projections.autoconfigure;

import io.changeover.effect.EffectOptions;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How effects on the outside world are carried out.
 *
 * @param enabled whether this node moves fences and carries effects out; off for a node on a copy of a store, which must
 *     not act
 * @param workers effects that the node carries out at once
 * @param interval longest time until what another node has appended is noticed
 * @param batch events that are looked through in one transaction
 * @param attempts attempts before an effect has failed for good and waits for a person
 * @param pause time before the second attempt; it doubles with each further one
 * @param maxPause longest time between two attempts
 * @param lease time after which another node takes over from one that has not been heard of
 * @param keep how long effects that are over are kept to be looked at
 */
@ConfigurationProperties("changeover.effects")
record EffectProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("4") int workers,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("500") int batch,
        @DefaultValue("10") int attempts,
        @DefaultValue("1s") Duration pause,
        @DefaultValue("5m") Duration maxPause,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("30d") Duration keep) {

    /** @throws IllegalArgumentException when a value lies outside of its bounds */
    EffectOptions options() {
        return new EffectOptions(workers, interval, batch, attempts, pause, maxPause, lease, keep);
    }
}
