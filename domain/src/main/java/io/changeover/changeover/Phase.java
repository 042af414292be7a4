package io.changeover.changeover;

import java.util.Locale;

/** How far a changeover has come. */
public enum Phase {
    /** Opened; the new version is not being built yet. */
    DECLARED,
    /** The new version is being built from history. */
    BACKFILLING,
    /** The new version follows live events and has not been proven equal. */
    LIVE,
    /** The last comparison found both versions equal; all reads still go to the old one. */
    VERIFIED,
    /** Some readers are served by the new version. */
    SHIFTING,
    /** All readers are served by the new version, the old one still follows. */
    SERVING,
    /** All reads were sent back to the old version. */
    ROLLED_BACK,
    /** Over: the new version serves. */
    COMPLETED,
    /** Over: the old version serves. */
    ABORTED;

    /** Lower-case name with hyphens, as people see it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the changeover is over. */
    public boolean closed() {
        return this == COMPLETED || this == ABORTED;
    }

    boolean backfilled() {
        return this != DECLARED && this != BACKFILLING;
    }
}
