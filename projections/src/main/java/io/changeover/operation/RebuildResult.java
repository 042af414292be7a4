package io.changeover.operation;

import io.changeover.projection.HomeChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild did, or would do.
 *
 * @param version written form of the version
 * @param target what was rebuilt, in words
 * @param dryRun whether nothing was changed
 * @param homes homes that were folded from nothing
 * @param events events of history that were read
 * @param inserted rows that were missing
 * @param changed rows that had other values, or another last event
 * @param deleted rows that should not have been there
 * @param same rows that were right
 * @param released dead letters that are applied now
 * @param stillParked events of these homes that wait, because a fold fails
 * @param failure why the first of those failed, or null when none waits
 * @param untouched homes that are as they were because the database refuses their new rows, each with the reason
 * @param samples at most ten of the changed homes, with their rows before and after as they are stored
 * @param note what else to know, or null
 * @param duration how long it took
 */
public record RebuildResult(
        String version,
        String target,
        boolean dryRun,
        long homes,
        long events,
        long inserted,
        long changed,
        long deleted,
        long same,
        long released,
        long stillParked,
        @Nullable String failure,
        Map<String, String> untouched,
        List<HomeChange> samples,
        @Nullable String note,
        Duration duration) {}
