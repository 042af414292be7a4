package io.changeover.app.api;

import io.changeover.operation.DryRun;
import io.changeover.operation.Request;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;

/**
 * Whom the audit trail names, and under which identifier they ask. The token proves no person, so the name is a courtesy
 * and never a permission.
 */
final class Caller {

    static final String HEADER = "X-Changeover-Actor";

    /** Under the same key a changeover does once what is asked, however often it comes. */
    static final String KEY = "Idempotency-Key";

    private static final String KEYED = "/api/changeovers";
    private static final String UNNAMED = "api";
    private static final int MAX_LENGTH = 100;

    private Caller() {}

    /**
     * The request in the name of the header's value, or of {@code api} where that is absent or not fit to be shown. What is
     * posted below the address of changeovers is asked under its key, where it has one,
     * and is a dry run where the HTTP request says so.
     *
     * @throws InvalidRequestException when the key cannot be one
     */
    static Request request(@Nullable String header, String reason) {
        Request request = new Request(header != null && isFit(header) ? header.strip() : UNNAMED, reason);
        DryRun run = DryRunInterceptor.current();
        if (run != null) {
            return request.into(run);
        }
        String key = key();
        return key == null ? request : request.named(key);
    }

    /** The request of a body that holds a reason, or nothing. */
    static Request reasoned(@Nullable JsonNode body, @Nullable String header) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"...\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return request(header, reason);
    }

    private static @Nullable String key() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        String path = request.getRequestURI();
        boolean keyed = request.getMethod().equals("POST") && (path.equals(KEYED) || path.startsWith(KEYED + "/"));
        String key = keyed ? request.getHeader(KEY) : null;
        if (key != null && !Request.isCommandId(key)) {
            throw new InvalidRequestException(
                    "invalid-idempotency-key",
                    "The header '%s' has %d characters but must have 1 to 200 printable ones of ASCII, not only blanks; send a random one such as a UUID"
                            .formatted(KEY, key.length()));
        }
        return key;
    }

    private static boolean isFit(String name) {
        return !name.isBlank() && name.length() <= MAX_LENGTH && name.chars().noneMatch(Character::isISOControl);
    }
}
