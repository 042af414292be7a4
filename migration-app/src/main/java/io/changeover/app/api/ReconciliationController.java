package io.changeover.app.api;

import io.changeover.operation.ReconciliationOperations;
import io.changeover.reconcile.Drift;
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

/** What has drifted apart between versions that live, and looking for it now. */
@RestController
@RequestMapping("/api/views")
class ReconciliationController {

    private final ReconciliationOperations operations;

    ReconciliationController(ReconciliationOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/{view}/drift")
    List<Drift> drift(@PathVariable String view) {
        return operations.drift(view);
    }

    @PostMapping("/{view}/reconcile")
    @TakesDryRun
    List<Drift> reconcile(
            @PathVariable String view,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"all\": true, \"reason\": \"after the repair\"}");
        boolean all = fields.optionalTruth("all");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.reconcile(view, all, Caller.request(actor, reason));
    }
}
