package io.changeover.changeover;

import io.changeover.changeover.ChangeoverCommand.ScheduleSunset;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an end of a superseded version must be, so that its readers can be told in time and in a header. */
final class SunsetRules {

    private static final int MAX_LINK = 500;
    private static final int MAX_SHOWN = 60;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private SunsetRules() {}

    static void require(ScheduleSunset command) {
        if (command.sunsetAt().isBefore(command.earliest())) {
            throw new ChangeoverRefusedException(
                    "sunset-too-soon",
                    "Version %d of view '%s' cannot end at %s: consumers are promised notice until %s; name that time or a later one"
                            .formatted(command.version(), command.view(), command.sunsetAt(), command.earliest()));
        }
        if (command.sunsetAt().isAfter(LAST)) {
            throw new ChangeoverRefusedException(
                    "sunset-too-late",
                    "Version %d of view '%s' cannot end at %s: an HTTP date has four digits for the year; name an earlier time"
                            .formatted(command.version(), command.view(), command.sunsetAt()));
        }
        requireLink(command.link());
    }

    /** Links are given to consumers in headers, so nothing but an address must come there. */
    private static void requireLink(@Nullable String link) {
        if (link != null && !isAddress(link)) {
            throw new ChangeoverRefusedException(
                    "invalid-link",
                    "Link '%s' must be an absolute http or https address of at most %d characters; correct it"
                            .formatted(
                                    link.length() <= MAX_SHOWN ? link : link.substring(0, MAX_SHOWN) + "...",
                                    MAX_LINK));
        }
    }

    private static boolean isAddress(String link) {
        try {
            URI address = new URI(link);
            return link.length() <= MAX_LINK
                    && address.getHost() != null
                    && ("http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme()))
                    && link.chars().allMatch(character -> character > ' ' && character < 127);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
