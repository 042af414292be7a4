package io.changeover.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request.
 *
 * @param principal authenticated name, or null for somebody who has not said who it is
 * @param tenant tenant on whose behalf, or null
 * @param authorities what the caller may do, at least those that this library asks about
 */
public record RequestReader(@Nullable String principal, @Nullable String tenant, Set<String> authorities) {

    /** Copies the authorities. */
    public RequestReader {
        authorities = Set.copyOf(authorities);
    }
}
