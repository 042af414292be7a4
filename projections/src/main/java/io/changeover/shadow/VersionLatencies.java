package io.changeover.shadow;

/**
 * How long two versions took for the calls that both were asked, over all methods of a view, on one node. The version that
 * serves has the wait for a connection in its time, the other one has not.
 *
 * @param oldCalls calls that the old version answered
 * @param oldMicros 99 of 100 took no longer, in microseconds; 0 without calls
 * @param newCalls calls that the new version answered
 * @param newMicros the same of the new version
 */
public record VersionLatencies(long oldCalls, long oldMicros, long newCalls, long newMicros) {}
