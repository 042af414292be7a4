package io.changeover.explain;

import java.util.Locale;

/** What an event did to a row in a version. */
enum Effect {
    CREATED,
    CHANGED,
    UNCHANGED,
    DELETED,
    FAILED,
    WAITS,
    IGNORED,
    AHEAD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
