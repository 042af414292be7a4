package io.changeover.serving;

import org.jspecify.annotations.Nullable;

/** Under which name a reader is counted. */
@FunctionalInterface
public interface ConsumerNames {

    /**
     * The name for an authenticated client. There are never more names than a catalogue can hold.
     *
     * @param principal authenticated name, or null for a client that has not said who it is
     */
    String of(@Nullable String principal);
}
