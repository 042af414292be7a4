package io.changeover.rebuild;

/**
 * What a change of folds concerns.
 *
 * @param changes how the code of this process differs from that which made the rows
 * @param homes homes whose rows may be others by it
 * @param allHomes homes that have rows
 */
public record RebuildImpact(FoldChanges changes, long homes, long allHomes) {}
