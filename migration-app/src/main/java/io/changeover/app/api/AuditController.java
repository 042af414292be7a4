package io.changeover.app.api;

import io.changeover.audit.AuditCursor;
import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;
import io.changeover.operation.AuditOperations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, when and why. */
@RestController
@RequestMapping("/api/audit")
class AuditController {

    private static final int LISTED = 50;

    private final AuditOperations operations;

    AuditController(AuditOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    AuditPage trail(
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String limit) {
        return operations.trail(new AuditQuery(
                view, actor, since == null ? null : time(since), before == null ? null : place(before), (int)
                        Parameters.number("limit", limit, 1, AuditOperations.MAX_ENTRIES, LISTED)));
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (AuditQuery.isStorable(time)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new InvalidRequestException(
                "invalid-parameter",
                "Parameter 'since' is '%s' but must be a time in UTC such as '2027-03-01T00:00:00Z'; correct it"
                        .formatted(Parameters.shortened(text)));
    }

    private static AuditCursor place(String text) {
        return AuditCursor.parse(text)
                .orElseThrow(() -> new InvalidRequestException(
                        "invalid-parameter",
                        "Parameter 'before' is '%s' but must be what 'next' of another page says; leave it out to begin with the latest"
                                .formatted(Parameters.shortened(text))));
    }
}
