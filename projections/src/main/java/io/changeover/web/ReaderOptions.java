package io.changeover.web;

import java.time.Duration;
import java.util.List;

/**
 * What requests may ask for.
 *
 * @param maxPatience longest time that a request may ask to wait for a position
 * @param overrideAuthorities authorities of which a caller needs one to choose versions for a request; with none nobody may
 */
public record ReaderOptions(Duration maxPatience, List<String> overrideAuthorities) {

    /** Copies the authorities. */
    public ReaderOptions {
        overrideAuthorities = List.copyOf(overrideAuthorities);
    }
}
