package io.changeover.app.api;

import io.changeover.app.security.Asked;
import io.changeover.operation.DryRun;
import io.changeover.operation.Request;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;

/** Whom the audit trail names, and under which identifier they ask. */
final class Caller {

    static final String HEADER = "X-Changeover-Actor";

    /** Under the same key a changeover does once what is asked, however often it comes. */
    static final String KEY = "Idempotency-Key";

    private static final String KEYED = "/api/changeovers";

    private Caller() {}

    /**
     * The request in the name of {@link Asked}, to which the header's value is a courtesy. What is posted below the address of changeovers is asked under its key, where it has one,
     * and is a dry run where the HTTP request says so.
     *
     * @throws InvalidRequestException when the key cannot be one
     */
    static Request request(@Nullable String header, String reason) {
        Request request = Asked.request(reason, header);
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
}
