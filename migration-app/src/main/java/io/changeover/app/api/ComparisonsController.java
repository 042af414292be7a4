package io.changeover.app.api;

import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.ExportFormat;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.ComparisonStatus;
import io.changeover.view.VersionId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Comparisons that are kept, and the differences that they found. */
@RestController
@RequestMapping("/api")
class ComparisonsController {

    /** How many records an export has, so that one that was cut off can be told from a whole one. */
    static final String COUNT = "X-Changeover-Differences";

    private static final int MAX_VERSION = 999_999;
    private static final int MAX_LISTED = 100;
    private static final int LISTED = 20;
    private static final int MAX_PAGE = 1_000;
    private static final int PAGE = 100;

    private final ComparisonOperations operations;

    ComparisonsController(ComparisonOperations operations) {
        this.operations = operations;
    }

    @PostMapping("/views/{view}/comparisons")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @TakesDryRun
    ComparisonStatus start(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"left\": 1, \"right\": 2, \"reason\": \"...\"}");
        int left = fields.integer("left", 1, MAX_VERSION);
        int right = fields.integer("right", 1, MAX_VERSION);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.start(new VersionId(view, left), new VersionId(view, right), Caller.request(actor, reason));
    }

    @GetMapping("/views/{view}/comparisons")
    List<ComparisonStatus> list(
            @PathVariable String view,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String limit) {
        return operations.list(view, state == null ? null : Parameters.constant("state", state, State.values()), (int)
                Parameters.number("limit", limit, 1, MAX_LISTED, LISTED));
    }

    @GetMapping("/comparisons/{id}")
    ComparisonStatus status(@PathVariable String id) {
        return operations.status(Parameters.comparison(id));
    }

    @PostMapping("/comparisons/{id}/cancel")
    @TakesDryRun
    ComparisonStatus cancel(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"...\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.cancel(Parameters.comparison(id), Caller.request(actor, reason));
    }

    @GetMapping("/comparisons/{id}/groups")
    DifferenceGroups groups(@PathVariable String id) {
        return operations.groups(Parameters.comparison(id));
    }

    @GetMapping("/comparisons/{id}/differences")
    DifferencesPage differences(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit) {
        int most = (int) Parameters.number("limit", limit, 1, MAX_PAGE, PAGE);
        return DifferencesPage.of(
                operations.differences(
                        Parameters.comparison(id), Parameters.number("after", after, 0, Long.MAX_VALUE, 0), most),
                most);
    }

    /** Written on the request's own thread, because an asynchronous answer would end after the server's timeout. */
    @GetMapping("/comparisons/{id}/export")
    void export(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String format,
            HttpServletResponse answer)
            throws IOException {
        ExportFormat form = Parameters.constant("format", format == null ? "csv" : format, ExportFormat.values());
        DifferenceExport export = operations.export(Parameters.comparison(id), form);
        answer.setContentType(form.mediaType());
        answer.setHeader(COUNT, Long.toString(export.count()));
        answer.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s-%d-%d-differences.%s\""
                        .formatted(
                                export.comparison().left().view(),
                                export.comparison().left().version(),
                                export.comparison().right().version(),
                                Parameters.word(form)));
        export.writeTo(answer.getOutputStream());
    }
}
