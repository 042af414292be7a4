package io.changeover.fallback;

import java.time.Duration;

/**
 * How long readers of this node waited for answers of the new version; answers of the old one are not among them.
 *
 * @param answers answers that were measured since this node was started
 * @param p50 half of them took at most this long
 * @param p99 99 of 100 took at most this long
 */
public record FallbackLatency(long answers, Duration p50, Duration p99) {}
