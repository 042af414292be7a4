package io.changeover.app.api;

import io.changeover.operation.ReportOperations;
import io.changeover.report.ChangeoverReport;
import io.changeover.report.ReportComparison;
import io.changeover.report.ReportDocument;
import io.changeover.report.ReportSummary;
import io.changeover.report.ReportText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What changeovers were like. */
@RestController
@RequestMapping("/api")
class ReportsController {

    private static final int LISTED = 50;

    private final ReportOperations operations;

    ReportsController(ReportOperations operations) {
        this.operations = operations;
    }

    /** How a report is written. */
    private enum Format {
        JSON,
        MARKDOWN,
        HTML
    }

    @GetMapping("/reports")
    List<ReportSummary> list(
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(required = false) @Nullable String limit) {
        return operations.reports(
                view, (int) Parameters.number("limit", limit, 1, ReportOperations.MAX_REPORTS, LISTED));
    }

    @GetMapping("/reports/{view}")
    ResponseEntity<Object> report(
            @PathVariable String view,
            @RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String format) {
        Format form = form(format);
        ChangeoverReport report = operations.report(view, id);
        return answer(form, report, () -> ReportText.of(report));
    }

    @GetMapping("/report-comparison")
    ResponseEntity<Object> compare(
            @RequestParam String left,
            @RequestParam String right,
            @RequestParam(required = false) @Nullable String format) {
        Format form = form(format);
        ReportComparison comparison = operations.compare(left, right);
        return answer(form, comparison, comparison::document);
    }

    private static Format form(@Nullable String format) {
        return format == null
                ? Format.JSON
                : Parameters.constant("format", format.toLowerCase(Locale.ROOT), Format.values());
    }

    private static ResponseEntity<Object> answer(Format form, Object body, Supplier<ReportDocument> document) {
        return switch (form) {
            case JSON ->
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
            case MARKDOWN -> text("markdown", document.get().markdown());
            case HTML -> text("html", document.get().html());
        };
    }

    private static ResponseEntity<Object> text(String subtype, String written) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", subtype, StandardCharsets.UTF_8))
                .body(written);
    }
}
