package io.changeover.app.console;

import io.changeover.audit.AuditCursor;
import io.changeover.audit.AuditPage;
import io.changeover.audit.AuditQuery;
import io.changeover.operation.AuditOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.ViewStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, when and why. */
@Controller
class AuditPages {

    private static final int OF_A_PAGE = 50;

    private final Operations operations;
    private final AuditOperations audit;

    AuditPages(Operations operations, AuditOperations audit) {
        this.operations = operations;
        this.audit = audit;
    }

    @GetMapping("/console/audit")
    String trail(
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String before,
            Model model) {
        String onlyView = Inputs.optional("view", view);
        String onlyActor = Inputs.optional("actor", actor);
        String from = Inputs.optional("since", since);
        String place = Inputs.optional("before", before);
        AuditPage page = audit.trail(new AuditQuery(
                onlyView, onlyActor, from == null ? null : day(from), place == null ? null : place(place), OF_A_PAGE));
        model.addAttribute("trail", page);
        model.addAttribute(
                "views", operations.views().stream().map(ViewStatus::view).toList());
        model.addAttribute("view", onlyView);
        model.addAttribute("actor", onlyActor);
        model.addAttribute("since", from);
        model.addAttribute("before", place);
        return new Page("Audit trail", "audit", verb(onlyView, onlyActor, from)).show(model, "audit");
    }

    private static String verb(@Nullable String view, @Nullable String actor, @Nullable String since) {
        return "bin/changeover audit"
                + (view == null ? "" : " --view " + view)
                + (actor == null ? "" : " --actor " + actor)
                + (since == null ? "" : " --since %sT00:00:00Z".formatted(since));
    }

    private static Instant day(String text) {
        try {
            Instant begin = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            if (AuditQuery.isStorable(begin)) {
                return begin;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new InvalidAddressException("Parameter 'since' is '%s' but must be a day such as 2027-03-01; correct it"
                .formatted(InvalidAddressException.shortened(text)));
    }

    private static AuditCursor place(String text) {
        return AuditCursor.parse(text)
                .orElseThrow(() -> new InvalidAddressException(
                        "Parameter 'before' is '%s' but must be a place that another page names; begin with the latest"
                                .formatted(InvalidAddressException.shortened(text))));
    }
}
