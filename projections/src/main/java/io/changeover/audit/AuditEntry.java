package io.changeover.audit;

import io.changeover.changeover.Evidence;
import io.changeover.changeover.GateReading;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done.
 *
 * @param at when, to the microsecond
 * @param source what kind of entry it is, in lower-case letters: {@code changeover}, {@code repair}, {@code access}, or
 *     that of a team's own source
 * @param number number of the entry within its source, greater for a later one of the same time
 * @param view view that it concerns, or null where it concerns none
 * @param actor who did it; empty where the application did by itself
 * @param action what was done in one word, such as {@code reads-shifted}
 * @param subject what it was done to, such as {@code order-board@2}
 * @param text what it says, in a few words; may be empty
 * @param reason why; may be empty
 * @param gates what the gates saw
 * @param evidence what the rules saw, or null where they were not asked
 */
public record AuditEntry(
        Instant at,
        String source,
        long number,
        @Nullable String view,
        String actor,
        String action,
        String subject,
        String text,
        String reason,
        List<GateReading> gates,
        @Nullable Evidence evidence) {

    /** Copies the list, and drops what the database would not keep of the time. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        gates = List.copyOf(gates);
    }

    /** An entry that no gate was asked for. */
    public static AuditEntry of(
            Instant at,
            String source,
            long number,
            @Nullable String view,
            String actor,
            String action,
            String subject,
            String text,
            String reason) {
        return new AuditEntry(at, source, number, view, actor, action, subject, text, reason, List.of(), null);
    }
}
