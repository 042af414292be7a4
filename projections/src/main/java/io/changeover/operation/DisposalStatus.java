package io.changeover.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a version is on its way out after its changeover was completed.
 *
 * @param version written form such as {@code order-board@1}
 * @param stage {@code held}, {@code purged} or {@code dropped}
 * @param since when that was decided
 * @param changeover identifier of the changeover that has replaced it
 * @param nextFrom when the next stage may be asked for, or null for a version that is dropped
 * @param automatic whether the next stage follows by itself
 * @param keptTable table that holds the rows of a purged version, with its schema; null where the tables are the team's own
 * @param unfinished why the stage is not carried out yet, or null when it is
 */
public record DisposalStatus(
        String version,
        String stage,
        Instant since,
        String changeover,
        @Nullable Instant nextFrom,
        boolean automatic,
        @Nullable String keptTable,
        @Nullable String unfinished) {}
