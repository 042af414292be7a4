package io.changeover.app.api;

import io.changeover.app.security.AccessOperations;
import io.changeover.app.security.AccessOperations.TokenStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The tokens of programs and people. */
@RestController
@RequestMapping("/api/tokens")
class TokensController {

    private static final int MOST = 50;
    private static final int USUAL_DAYS = 90;

    private final AccessOperations operations;

    TokensController(AccessOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<TokenStatus> tokens() {
        return operations.tokens();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @TakesDryRun
    TokenStatus issue(
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(
                body, "{\"name\": \"ci\", \"roles\": [\"operator\"], \"views\": [\"order-board\"], \"days\": 90}");
        String name = fields.text("name");
        List<String> roles = fields.texts("roles", MOST);
        List<String> views = fields.has("views") ? fields.texts("views", MOST) : List.of();
        long days = fields.integerOr("days", 1, AccessOperations.LONGEST.toDays(), USUAL_DAYS);
        fields.requireNoOthers();
        return operations.issue(name, roles, views, Duration.ofDays(days), Caller.request(actor, ""));
    }

    @PostMapping("/{id}/revoke")
    @TakesDryRun
    TokenStatus revoke(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields.of(body, "{}").requireNoOthers();
        return operations.revoke(id, Caller.request(actor, ""));
    }
}
