package io.changeover.changeover;

import java.time.Instant;
import java.util.Locale;

/**
 * How far a version is on its way out after its changeover was completed.
 *
 * @param stage how far
 * @param since since when
 * @param changeoverId changeover that has replaced it
 */
public record Disposal(Stage stage, Instant since, String changeoverId) {

    /** Stages of an end; each but the last can be taken back. */
    public enum Stage {
        /** Still projected, answers nobody. */
        HELD,
        /** Not projected any more; its table is kept under another name. */
        PURGED,
        /** Gone. */
        DROPPED;

        /** Lower-case name, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Disposal at(Stage next, Instant when) {
        return new Disposal(next, when, changeoverId);
    }
}
