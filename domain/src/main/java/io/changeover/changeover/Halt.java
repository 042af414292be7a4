package io.changeover.changeover;

import java.time.Instant;
import java.util.Locale;

/**
 * Why a changeover moves nothing forward. What measures break still goes back.
 *
 * @param kind whether somebody wants it so, or something has failed
 * @param reason why
 * @param actor who has halted it
 * @param at since when
 */
public record Halt(Kind kind, String reason, String actor, Instant at) {

    /** Who or what halts a changeover. */
    public enum Kind {
        /** Somebody has paused it. */
        PAUSED,
        /** Something has failed that only a person can mend. */
        FAILED;

        /** Lower-case name, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
