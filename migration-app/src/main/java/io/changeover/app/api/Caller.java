package io.changeover.app.api;

import io.changeover.operation.Request;
import org.jspecify.annotations.Nullable;

/** Whom the audit trail names. The token proves no person, so the header is a courtesy and never a permission. */
final class Caller {

    static final String HEADER = "X-Changeover-Actor";

    private static final String UNNAMED = "api";
    private static final int MAX_LENGTH = 100;

    private Caller() {}

    /** The request in the name of the header's value, or of {@code api} where that is absent or not fit to be shown. */
    static Request request(@Nullable String header, String reason) {
        return new Request(header != null && isFit(header) ? header.strip() : UNNAMED, reason);
    }

    private static boolean isFit(String name) {
        return !name.isBlank() && name.length() <= MAX_LENGTH && name.chars().noneMatch(Character::isISOControl);
    }
}
