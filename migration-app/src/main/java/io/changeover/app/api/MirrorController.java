package io.changeover.app.api;

import io.changeover.mirror.MirrorState;
import io.changeover.operation.MirrorOperations;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The topic that the views of this application follow, and what a person decides about it. */
@RestController
@RequestMapping("/api/mirror")
class MirrorController {

    private final MirrorOperations operations;

    MirrorController(MirrorOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    MirrorState mirror() {
        return operations.mirror();
    }

    @PostMapping("/partitions/{partition}/records/{offset}/skip")
    @TakesDryRun
    MirrorState skip(
            @PathVariable String partition,
            @PathVariable String offset,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"written by a test of the load\"}");
        String reason = fields.text("reason");
        fields.requireNoOthers();
        return operations.skip(
                (int) Parameters.number("partition", partition, 0, Integer.MAX_VALUE, 0),
                Parameters.number("offset", offset, 0, Long.MAX_VALUE, 0),
                Caller.request(actor, reason));
    }

    @PostMapping("/restart")
    @TakesDryRun
    MirrorState restart(
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"the topic was made anew\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.restart(Caller.request(actor, reason));
    }
}
