package io.changeover.app.api;

import io.changeover.app.security.ApprovalRoles;
import io.changeover.changeover.GateReading;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.PlanPreview;
import io.changeover.plan.Plan;
import io.changeover.plan.PlanReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The plan of a changeover, and what people ask of one that is carried out by a plan. */
@RestController
@RequestMapping("/api/changeovers/{view}")
class PlansController {

    private final PlanOperations operations;

    PlansController(PlanOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/plan")
    PlanPreview plan(@PathVariable String view) {
        return operations.show(view);
    }

    @PostMapping("/plan")
    @TakesDryRun
    ChangeoverStatus adopt(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"plan\": \"steps: ...\", \"reason\": \"...\"}");
        Plan plan = plan(fields);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.adopt(view, plan, Caller.request(actor, reason));
    }

    /** What a plan would do; a POST because it carries the plan, and nothing changes. */
    @PostMapping("/plan/preview")
    PlanPreview preview(@PathVariable String view, @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"plan\": \"steps: ...\"}");
        Plan plan = plan(fields);
        fields.requireNoOthers();
        return operations.preview(view, plan);
    }

    @GetMapping("/gates")
    List<GateReading> gates(@PathVariable String view) {
        return operations.gates(view);
    }

    @PostMapping("/approve")
    @TakesDryRun
    ChangeoverStatus approve(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"percent\": 25, \"role\": \"approver\", \"reason\": \"...\"}");
        int percent = fields.integer("percent", 1, 100);
        String role = fields.optionalText("role");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        Set<String> has = ApprovalRoles.ofCaller();
        Set<String> roles = role.isEmpty() ? has : has.contains(role) ? Set.of(role) : Set.of();
        return operations.approve(view, percent, roles, Caller.request(actor, reason));
    }

    @PostMapping("/pause")
    @TakesDryRun
    ChangeoverStatus pause(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.pause(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/resume")
    @TakesDryRun
    ChangeoverStatus resume(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.resume(view, Caller.reasoned(body, actor));
    }

    @PostMapping("/step")
    @TakesDryRun
    ChangeoverStatus step(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        return operations.step(view, Caller.reasoned(body, actor));
    }

    /** The plan whose text the body holds. */
    static Plan plan(RequestFields fields) {
        return PlanReader.read(fields.text("plan", PlanReader.LONGEST));
    }
}
