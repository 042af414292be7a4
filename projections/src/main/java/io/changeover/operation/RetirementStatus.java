package io.changeover.operation;

import io.changeover.changeover.Retirement;
import io.changeover.view.VersionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a superseded version is on its way out.
 *
 * @param version written form such as {@code order-board@1}
 * @param deprecatedAt when another version had taken over all of its readers
 * @param sunsetAt from when on what shows it is not answered any more, or null while that is not settled
 * @param ended whether that time is over
 * @param link address of a page for those who must move, or null
 * @param successor version that has taken over
 */
public record RetirementStatus(
        String version,
        Instant deprecatedAt,
        @Nullable Instant sunsetAt,
        boolean ended,
        @Nullable String link,
        String successor) {

    static RetirementStatus of(VersionId version, Retirement retirement, Instant now) {
        return new RetirementStatus(
                version.toString(),
                retirement.deprecatedAt(),
                retirement.sunsetAt(),
                retirement.isSunset(now),
                retirement.link(),
                new VersionId(version.view(), retirement.successor()).toString());
    }
}
