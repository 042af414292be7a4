package io.changeover.projection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild did, or would do.
 *
 * @param homes homes that were folded from nothing
 * @param events events of history that were read, in all groups together
 * @param inserted rows that were missing
 * @param changed rows that had other values or another provenance
 * @param deleted rows that should not have been there
 * @param same rows that were right
 * @param released dead letters that are applied now
 * @param parked events of these homes that wait now, because a fold fails
 * @param failure why the first of those failed, or null when none waits
 * @param untouched homes whose new rows the database refuses or somebody else does, each with the reason; they are as they
 *     were before
 * @param samples some of the changed homes
 */
public record HomeRebuildResult(
        long homes,
        long events,
        long inserted,
        long changed,
        long deleted,
        long same,
        long released,
        long parked,
        @Nullable String failure,
        Map<String, String> untouched,
        List<HomeChange> samples) {

    static HomeRebuildResult nothing() {
        return new HomeRebuildResult(0, 0, 0, 0, 0, 0, 0, 0, null, Map.of(), List.of());
    }
}
