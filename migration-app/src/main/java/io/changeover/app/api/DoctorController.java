package io.changeover.app.api;

import io.changeover.doctor.Diagnosis;
import io.changeover.operation.DoctorOperations;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** States that should not be: looking for them, and mending those that are safe to mend. */
@RestController
@RequestMapping("/api/doctor")
class DoctorController {

    private final DoctorOperations operations;

    DoctorController(DoctorOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    Diagnosis look() {
        return operations.look();
    }

    @PostMapping
    @TakesDryRun
    Diagnosis mend(
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"after the crash of node-2\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.mend(Caller.request(actor, reason));
    }
}
