package io.changeover.rebuild;

import io.changeover.projection.HomeRebuildResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of rebuilding a part of a version.
 *
 * @param meaning what was rebuilt, in words
 * @param rows what that did, or would do
 * @param note what else to know, or null
 */
public record RebuildReport(String meaning, HomeRebuildResult rows, @Nullable String note) {}
