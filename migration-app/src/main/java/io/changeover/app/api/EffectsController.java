package io.changeover.app.api;

import io.changeover.effect.KeptEffect;
import io.changeover.effect.ViewEffects;
import io.changeover.operation.EffectOperations;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What events have caused in the outside world, and what a person decides about it. */
@RestController
@RequestMapping("/api/views/{view}/effects")
class EffectsController {

    private final EffectOperations operations;

    EffectsController(EffectOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    ViewEffects effects(@PathVariable String view) {
        return operations.effects(view);
    }

    @PostMapping("/{position}/{name}/retry")
    @TakesDryRun
    KeptEffect retry(
            @PathVariable String view,
            @PathVariable String position,
            @PathVariable String name,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"the mail server is back\"}");
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.retry(view, Parameters.position(position), name, Caller.request(actor, reason));
    }

    @PostMapping("/{position}/{name}/skip")
    @TakesDryRun
    KeptEffect skip(
            @PathVariable String view,
            @PathVariable String position,
            @PathVariable String name,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"reason\": \"told by telephone\"}");
        String reason = fields.text("reason");
        fields.requireNoOthers();
        return operations.skip(view, Parameters.position(position), name, Caller.request(actor, reason));
    }
}
