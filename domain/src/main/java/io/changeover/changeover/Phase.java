package io.changeover.changeover;

import java.util.Locale;

/** How far a changeover has come. */
public enum Phase {
    /** Opened; nothing is prepared. */
    DECLARED,
    /** What it needs is there; the new version is not being built yet. */
    PREPARED,
    /** The new version is being built from history. */
    BACKFILLING,
    /** The new version is built and follows live events, perhaps far behind. */
    CATCHING_UP,
    /** The new version keeps up; it has not been found equal, or no longer is. */
    VERIFYING,
    /** The last comparison found both versions equal; all reads go to the old one, a share of them also to the new one. */
    SHADOWING,
    /** Some readers are served by the new version. */
    SHIFTING,
    /** All readers are served by the new version, the old one still follows. */
    SERVING,
    /** The same, while it is seen whether it stays well. */
    SOAKING,
    /** All reads were sent back to the old version, which not every node has acknowledged. */
    ROLLING_BACK,
    /** All reads go to the old version again, on every node. */
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

    /** Whether the new version has been built. */
    public boolean backfilled() {
        return compareTo(BACKFILLING) > 0;
    }
}
