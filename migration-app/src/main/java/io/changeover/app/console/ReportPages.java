package io.changeover.app.console;

import io.changeover.operation.ReportOperations;
import io.changeover.report.ChangeoverReport;
import io.changeover.report.ReportComparison;
import io.changeover.report.ReportDocument;
import io.changeover.report.ReportSummary;
import io.changeover.report.ReportText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** What changeovers were like. */
@Controller
class ReportPages {

    private static final String PLACE = "reports";
    private static final int LISTED = 200;

    private final ReportOperations operations;
    private final JsonMapper json;

    ReportPages(ReportOperations operations, JsonMapper json) {
        this.operations = operations;
        this.json = json;
    }

    @GetMapping("/console/reports")
    String list(@RequestParam(required = false) @Nullable String view, Model model) {
        String only = Inputs.optional("view", view);
        model.addAttribute("reports", operations.reports(only, LISTED));
        model.addAttribute("only", only);
        return new Page("Reports", PLACE, "bin/changeover reports" + (only == null ? "" : " " + only))
                .show(model, "reports");
    }

    @GetMapping("/console/reports/{id}")
    String report(@PathVariable String id, Model model) {
        ChangeoverReport report = find(id);
        ReportDocument document = ReportText.of(report);
        model.addAttribute("report", report);
        model.addAttribute("pieces", Piece.of(document));
        return new Page(document.title(), PLACE, "bin/changeover report %s %s".formatted(report.view(), report.id()))
                .show(model, "report");
    }

    @GetMapping("/console/reports/{id}/download")
    ResponseEntity<byte[]> download(@PathVariable String id, @RequestParam String format) {
        ChangeoverReport report = find(id);
        return switch (format) {
            case "markdown" ->
                file(report, "md", "text/markdown", ReportText.of(report).markdown());
            case "html" ->
                file(report, "html", "text/html", ReportText.of(report).html());
            case "json" -> file(report, "json", "application/json", json.writeValueAsString(report));
            default ->
                throw new InvalidAddressException(
                        "Parameter 'format' is '%s' but must be markdown, html or json; choose one"
                                .formatted(InvalidAddressException.shortened(format)));
        };
    }

    @GetMapping("/console/reports/comparison")
    String compare(
            @RequestParam(required = false) @Nullable String left,
            @RequestParam(required = false) @Nullable String right,
            Model model) {
        String one = Inputs.optional("left", left);
        String other = Inputs.optional("right", right);
        model.addAttribute("reports", operations.reports(null, LISTED));
        model.addAttribute("left", one);
        model.addAttribute("right", other);
        if (one != null && other != null) {
            ReportComparison comparison = operations.compare(one, other);
            model.addAttribute("comparison", comparison);
        }
        return new Page(
                        "Two changeovers side by side",
                        PLACE,
                        "bin/changeover report --compare %s %s"
                                .formatted(one == null ? "LEFT" : one, other == null ? "RIGHT" : other))
                .show(model, "report-comparison");
    }

    /** An identifier alone is enough, since it is unique among all views. */
    private ChangeoverReport find(String id) {
        ReportSummary summary = operations.compare(id, id).left();
        return operations.report(summary.view(), summary.id());
    }

    private static ResponseEntity<byte[]> file(ChangeoverReport report, String ending, String type, String text) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("%s-%s.%s".formatted(report.view(), report.id(), ending))
                                .build()
                                .toString())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A piece of a document as a template reads it; one of the three is there.
     *
     * @param heading beginning of a part, or null
     * @param paragraph a paragraph, or null
     * @param table a table, or null
     */
    record Piece(@Nullable String heading, @Nullable String paragraph, ReportDocument.@Nullable Table table) {

        static List<Piece> of(ReportDocument document) {
            return document.blocks().stream().map(Piece::of).toList();
        }

        private static Piece of(ReportDocument.Block block) {
            if (block instanceof ReportDocument.Heading heading) {
                return new Piece(heading.text(), null, null);
            }
            if (block instanceof ReportDocument.Paragraph paragraph) {
                return new Piece(null, paragraph.text(), null);
            }
            return new Piece(null, null, (ReportDocument.Table) block);
        }
    }
}
