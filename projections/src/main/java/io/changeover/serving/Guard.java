package io.changeover.serving;

import org.jspecify.annotations.Nullable;

/** Asks a new version so that its failures do not reach readers. */
public interface Guard {

    /** Asks the new version and nobody else. */
    Guard NONE = (call, version, fallback) -> new Answer(call.at(version), version);

    /**
     * What was answered.
     *
     * @param value the answer, which may be null
     * @param version the version that gave it
     */
    record Answer(@Nullable Object value, int version) {}

    /**
     * Asks the version, and the other one where that fails.
     *
     * @param version the new version
     * @param fallback the old one, which serves everybody else
     * @throws Throwable what the old version throws, as it is
     */
    Answer ask(ReadCall call, int version, int fallback) throws Throwable;
}
