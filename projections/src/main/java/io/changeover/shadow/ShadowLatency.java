package io.changeover.shadow;

/**
 * How long a version took for sampled calls of a method that it answered, on one node since its start. That of a serving
 * version has a connection's wait in it, that of a shadow has not.
 *
 * @param method method of the view's interface, with the types of its parameters
 * @param version number of the version
 * @param calls number of calls
 * @param p50Micros half of the calls took no longer, in microseconds
 * @param p95Micros 95 of 100 took no longer, in microseconds
 * @param p99Micros 99 of 100 took no longer, in microseconds
 */
public record ShadowLatency(String method, int version, long calls, long p50Micros, long p95Micros, long p99Micros) {}
