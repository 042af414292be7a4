package io.changeover.app.console;

import static io.changeover.app.console.InvalidAddressException.shortened;

import io.changeover.app.security.Asked;
import io.changeover.operation.Request;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what an address or a form says. An empty field of a form says nothing. */
final class Inputs {

    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MAX_TEXT = 500;

    private Inputs() {}

    /** The identifier of a comparison. */
    static UUID comparison(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!UUIDS.matcher(lower).matches()) {
            throw new InvalidAddressException(
                    "'%s' in the address must be the identifier of a comparison; choose one from the list of comparisons"
                            .formatted(shortened(text)));
        }
        return UUID.fromString(lower);
    }

    /** A whole number within bounds, both included; another one where it is absent. */
    static long number(String name, @Nullable String text, long min, long max, long otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new InvalidAddressException("Parameter '%s' is '%s' but must be a whole number from %d to %d; correct it"
                .formatted(name, shortened(text), min, max));
    }

    /** A text that may be absent; null then. */
    static @Nullable String optional(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > MAX_TEXT) {
            throw new InvalidAddressException("Parameter '%s' has %d characters but may have %d; shorten it"
                    .formatted(name, text.length(), MAX_TEXT));
        }
        return text.strip();
    }

    /** What somebody who has signed in asks for, and why. */
    static Request request(@Nullable String reason) {
        String why = optional("reason", reason);
        return Asked.request(why == null ? "" : why);
    }
}
