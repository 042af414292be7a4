package io.changeover.repair;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a repair did, or would do.
 *
 * @param version written form of the version
 * @param target what was to be repaired, in words
 * @param dryRun whether nothing was changed
 * @param repair identifier under which the homes are in the audit trail, or null where nothing was changed
 * @param homes homes that were looked at
 * @param repaired homes whose rows were made anew
 * @param same homes that needed nothing, as their rows are what their events make them
 * @param foldsOwn how many of these differ from the other version all the same, because the folds differ
 * @param foldsOwnKeys keys of some of those
 * @param othersOwn how many of these differ because the other version's row is not what its events make it
 * @param othersOwnKeys keys of some of those
 * @param untouched homes that are as they were, each with the reason
 * @param samples some of the homes that were repaired
 * @param stopped why the repair ended before its last home, or null where it did not; what was done stays done
 * @param note what else to know, or null
 * @param duration how long it took
 */
public record RepairReport(
        String version,
        String target,
        boolean dryRun,
        @Nullable String repair,
        long homes,
        long repaired,
        long same,
        long foldsOwn,
        List<String> foldsOwnKeys,
        long othersOwn,
        List<String> othersOwnKeys,
        Map<String, String> untouched,
        List<HomeRepair> samples,
        @Nullable String stopped,
        @Nullable String note,
        Duration duration) {}
