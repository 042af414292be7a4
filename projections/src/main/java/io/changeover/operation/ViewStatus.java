package io.changeover.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a view stands.
 *
 * @param view name of the view
 * @param serving version that serves readers who have not been moved, or null for a view of which no version is built
 *     here yet
 * @param changeover the open changeover, or null
 * @param versions all declared versions, oldest first
 */
public record ViewStatus(
        String view, @Nullable Integer serving, @Nullable ChangeoverStatus changeover, List<VersionStatus> versions) {}
