package io.changeover.app.api;

import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DisposalStatus;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The end of versions that were given up when their changeover was completed. */
@RestController
@RequestMapping("/api")
class CompletionController {

    private static final String REASON = "{\"reason\": \"nobody has missed it\"}";

    private final CompletionOperations operations;

    CompletionController(CompletionOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/views/{view}/disposals")
    List<DisposalStatus> disposals(@PathVariable String view) {
        return operations.disposals(view);
    }

    @PostMapping("/changeovers/{view}/reopen")
    @TakesDryRun
    ChangeoverStatus reopen(
            @PathVariable String view,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"totals are wrong after all\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.reopen(view, Caller.request(actor, reason));
    }

    @PostMapping("/views/{view}/versions/{version}/purge")
    @TakesDryRun
    DisposalStatus purge(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, REASON);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.purge(new VersionId(view, version), Caller.request(actor, reason));
    }

    @PostMapping("/views/{view}/versions/{version}/restore")
    @TakesDryRun
    DisposalStatus restore(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"somebody has missed it\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.restore(new VersionId(view, version), Caller.request(actor, reason));
    }

    @PostMapping("/views/{view}/versions/{version}/drop")
    @TakesDryRun
    DisposalStatus drop(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        VersionId id = new VersionId(view, version);
        RequestFields fields =
                RequestFields.of(body, "{\"confirm\": \"%s\", \"reason\": \"nobody has missed it\"}".formatted(id));
        String confirmed = fields.text("confirm");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        if (!confirmed.equals(id.toString())) {
            throw new InvalidRequestException(
                    "not-confirmed",
                    "Field 'confirm' is '%s' but must name '%s', which would be gone for good; correct one of them"
                            .formatted(confirmed, id));
        }
        return operations.drop(id, Caller.request(actor, reason));
    }
}
