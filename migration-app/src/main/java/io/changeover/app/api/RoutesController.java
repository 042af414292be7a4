package io.changeover.app.api;

import io.changeover.changeover.Pin;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RouteStatus;
import io.changeover.serving.Nodes;
import io.changeover.serving.Reader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Which version answers whom, and which nodes go by it. */
@RestController
@RequestMapping("/api")
class RoutesController {

    private static final int MAX_VERSION = 999_999;
    private static final String EXAMPLE = "{\"tenant\": \"acme\", \"version\": 2, \"reason\": \"first customer\"}";

    private final RouteOperations operations;

    RoutesController(RouteOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/nodes")
    List<Nodes.Node> nodes() {
        return operations.nodes();
    }

    @GetMapping("/views/{view}/route")
    RouteStatus route(
            @PathVariable String view,
            @RequestParam(required = false) @Nullable String reader,
            @RequestParam(required = false) @Nullable String tenant,
            @RequestParam(required = false) @Nullable String principal) {
        return operations.route(view, Reader.of(reader).ofTenant(tenant).as(principal));
    }

    @PostMapping("/changeovers/{view}/pin")
    @TakesDryRun
    RouteStatus pin(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, EXAMPLE);
        Pin pin = pin(fields);
        int version = fields.integer("version", 1, MAX_VERSION);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.pin(view, pin, version, Caller.request(actor, reason));
    }

    @PostMapping("/changeovers/{view}/unpin")
    @TakesDryRun
    RouteStatus unpin(
            @PathVariable String view,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"tenant\": \"acme\", \"reason\": \"moved\"}");
        Pin pin = pin(fields);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.unpin(view, pin, Caller.request(actor, reason));
    }

    private static Pin pin(RequestFields fields) {
        boolean tenant = fields.has("tenant");
        if (tenant == fields.has("principal")) {
            throw fields.refused("Exactly one of 'tenant' and 'principal' must say who is pinned");
        }
        return tenant
                ? new Pin(Pin.Kind.TENANT, fields.text("tenant"))
                : new Pin(Pin.Kind.PRINCIPAL, fields.text("principal"));
    }
}
