package io.changeover.serving;

/**
 * Calls that were answered since they were last asked for.
 *
 * @param view name of the view
 * @param version version that answered
 * @param reason why it did
 * @param sequence number of the view's event that the calls were routed by
 * @param identity who read
 * @param calls how many, at least 1
 */
public record ReadTally(String view, int version, Reason reason, long sequence, ReaderIdentity identity, long calls) {}
