package io.changeover.effect;

import java.util.Locale;

/** How far an effect is. */
enum EffectState {

    /** It is to be done, or being done. */
    PENDING,

    /** It was done. */
    DONE,

    /** It has failed for good, and waits for a person; so do later effects of the event and of its aggregate. */
    FAILED,

    /** A person has decided that it is not to be done. */
    SKIPPED,

    /** It was done, a later effect of the event has failed for good, and it is being made up for. */
    COMPENSATING,

    /** It was made up for. */
    COMPENSATED,

    /** To make up for it has failed for good, and waits for a person. */
    UNCOMPENSATED;

    /** The word for it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EffectState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
