package io.changeover.app.api;

import io.changeover.operation.TopicOperations;
import io.changeover.publish.TopicState;
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

/** Topics that this application publishes, and what a person decides about them. */
@RestController
@RequestMapping("/api/topics")
class TopicsController {

    private final TopicOperations operations;

    TopicsController(TopicOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<TopicState> topics() {
        return operations.topics();
    }

    @PostMapping("/{topic}/events/{position}/skip")
    @TakesDryRun
    TopicState skip(
            @PathVariable String topic,
            @PathVariable String position,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"written by a test of the load\"}");
        String reason = fields.text("reason");
        fields.requireNoOthers();
        return operations.skip(topic, Parameters.position(position), Caller.request(actor, reason));
    }

    @PostMapping("/{topic}/restart")
    @TakesDryRun
    TopicState restart(
            @PathVariable String topic,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"the cluster was set up anew\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.restart(topic, Caller.request(actor, reason));
    }
}
