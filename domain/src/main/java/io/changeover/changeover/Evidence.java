package io.changeover.changeover;

/**
 * The state of both versions at the moment of a shift. It is measured outside the aggregate and judged inside.
 *
 * @param oldLive whether the old version follows live events
 * @param newLive whether the new version follows live events
 * @param oldLag how many positions the old version is behind
 * @param newLag how many positions the new version is behind
 * @param maxLag how many positions either may be behind
 * @param newDeadLetters events that wait in the new version because a fold failed
 * @param parityAgeSeconds seconds since the last recorded comparison; only meaningful where there was one
 * @param maxParityAgeSeconds seconds after which a comparison is too old to rely on
 */
public record Evidence(
        boolean oldLive,
        boolean newLive,
        long oldLag,
        long newLag,
        long maxLag,
        long newDeadLetters,
        long parityAgeSeconds,
        long maxParityAgeSeconds) {}
