package io.changeover.changeover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a version that has been superseded is on its way out.
 *
 * @param deprecatedAt when another version had taken over all of its readers
 * @param sunsetAt from when on it is not answered any more, or null while that is not settled
 * @param link address of a page for those who must move, or null
 * @param successor number of the version that has taken over
 */
public record Retirement(Instant deprecatedAt, @Nullable Instant sunsetAt, @Nullable String link, int successor) {

    /** Whether the version is not answered any more at that time. */
    public boolean isSunset(Instant now) {
        return sunsetAt != null && !now.isBefore(sunsetAt);
    }

    Retirement until(@Nullable Instant at, @Nullable String page) {
        return new Retirement(deprecatedAt, at, page, successor);
    }
}
