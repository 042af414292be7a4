package io.changeover.app.api;

import io.changeover.operation.BackfillStatus;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.Operations;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Backfills: several at once, and what can be done to one that runs. */
@RestController
class BackfillsController {

    private static final int MAX_VIEWS = 100;

    private final Operations operations;

    BackfillsController(Operations operations) {
        this.operations = operations;
    }

    @PostMapping("/api/backfills")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @TakesDryRun
    List<ChangeoverStatus> start(
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields =
                RequestFields.of(body, "{\"views\": [\"order-board\", \"customer-account\"], \"reason\": \"...\"}");
        List<String> views = fields.texts("views", MAX_VIEWS);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.startBackfills(views, Caller.request(actor, reason));
    }

    @PostMapping("/api/views/{view}/versions/{version}/backfill/pause")
    @TakesDryRun
    BackfillStatus pause(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.pauseBackfill(new VersionId(view, version), Caller.reasoned(body, actor));
    }

    @PostMapping("/api/views/{view}/versions/{version}/backfill/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @TakesDryRun
    BackfillStatus resume(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.resumeBackfill(new VersionId(view, version), Caller.reasoned(body, actor));
    }

    @PostMapping("/api/views/{view}/versions/{version}/backfill/cancel")
    @TakesDryRun
    BackfillStatus cancel(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.cancelBackfill(new VersionId(view, version), Caller.reasoned(body, actor));
    }
}
