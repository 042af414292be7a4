package io.changeover.app.api;

import io.changeover.app.security.ViewScope;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.operation.ViewStatus;
import io.changeover.parity.ParityReport;
import io.changeover.plan.Plan;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The steps of a changeover, which goes by the name of its view because a view has one at a time. */
@RestController
@RequestMapping("/api/changeovers")
class ChangeoversController {

    private static final int MAX_VERSION = 999_999;

    private final Operations operations;
    private final PlanOperations plans;

    ChangeoversController(Operations operations, PlanOperations plans) {
        this.operations = operations;
        this.plans = plans;
    }

    @GetMapping
    List<ChangeoverStatus> open() {
        return operations.views().stream()
                .map(ViewStatus::changeover)
                .filter(Objects::nonNull)
                .toList();
    }

    @PostMapping
    @TakesDryRun
    ResponseEntity<ChangeoverStatus> declare(
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"view\": \"order-board\", \"to\": 2, \"reason\": \"...\"}");
        String view = fields.text("view");
        ViewScope.require(view);
        int to = fields.integer("to", 1, MAX_VERSION);
        Plan plan = fields.has("plan") ? PlansController.plan(fields) : null;
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        Request request = Caller.request(actor, reason);
        ChangeoverStatus declared =
                plan == null ? operations.declare(view, to, request) : plans.declare(view, to, plan, request);
        return ResponseEntity.created(URI.create("/api/changeovers/" + declared.view()))
                .body(declared);
    }

    @GetMapping("/{view}")
    ChangeoverStatus changeover(@PathVariable String view) {
        return operations.changeover(view);
    }

    @PostMapping("/{view}/backfill")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @TakesDryRun
    ChangeoverStatus backfill(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.startBackfill(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/{view}/verify")
    @TakesDryRun
    ParityReport verify(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.verify(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/{view}/shift")
    @TakesDryRun
    ChangeoverStatus shift(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"percent\": 10}");
        int percent = fields.integer("percent", 0, 100);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.shift(view, percent, Caller.request(actor, reason));
    }

    @PostMapping("/{view}/rollback")
    @TakesDryRun
    ChangeoverStatus rollBack(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.rollBack(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/{view}/complete")
    @TakesDryRun
    ChangeoverStatus complete(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.complete(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/{view}/abort")
    @TakesDryRun
    ChangeoverStatus abort(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.abort(view, Caller.reasoned(body, actor));
    }
}
