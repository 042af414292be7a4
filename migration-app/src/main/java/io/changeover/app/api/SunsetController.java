package io.changeover.app.api;

import io.changeover.operation.RetirementStatus;
import io.changeover.operation.SunsetOperations;
import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The end of versions that have been superseded. */
@RestController
@RequestMapping("/api/views/{view}")
class SunsetController {

    private final SunsetOperations operations;

    SunsetController(SunsetOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/sunsets")
    List<RetirementStatus> sunsets(@PathVariable String view) {
        return operations.retirements(view);
    }

    @GetMapping("/versions/{version}/sunset")
    RetirementStatus sunset(@PathVariable String view, @PathVariable int version) {
        return operations.retirement(new VersionId(view, version));
    }

    @PostMapping("/versions/{version}/sunset")
    @TakesDryRun
    RetirementStatus schedule(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(
                body,
                "{\"at\": \"2027-03-01T00:00:00Z\", \"link\": \"https://example.org/moving\", \"reason\": \"announced\"}");
        Instant at = fields.time("at");
        String link = fields.optionalText("link");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.schedule(
                new VersionId(view, version), at, link.isEmpty() ? null : link, Caller.request(actor, reason));
    }

    @DeleteMapping("/versions/{version}/sunset")
    @TakesDryRun
    RetirementStatus withdraw(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"a consumer needs longer\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.withdraw(new VersionId(view, version), Caller.request(actor, reason));
    }
}
