package io.changeover.serving;

import org.jspecify.annotations.Nullable;

/** Asks another version what has been answered already, to compare. */
public interface Shadow {

    /** Compares nothing. */
    Shadow NONE = (call, version, shadow, answer, nanos) -> {};

    /**
     * Takes a sampled call that was answered. Returns at once and throws nothing; a call that comes at a bad time is left out.
     *
     * @param version version that answered
     * @param shadow version to compare with
     * @param answer what was answered
     * @param nanos how long that took
     */
    void answered(ReadCall call, int version, int shadow, @Nullable Object answer, long nanos);
}
