package io.changeover.app.api;

import io.changeover.app.security.AccessOperations;
import io.changeover.app.security.AccessOperations.PersonStatus;
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

/** The local people who may sign in. */
@RestController
@RequestMapping("/api/people")
class PeopleController {

    private static final int MOST = 50;

    private final AccessOperations operations;

    PeopleController(AccessOperations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<PersonStatus> people() {
        return operations.people();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @TakesDryRun
    PersonStatus add(
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields =
                RequestFields.of(body, "{\"name\": \"ann\", \"roles\": [\"operator\"], \"password\": null}");
        String name = fields.text("name");
        List<String> roles = fields.texts("roles", MOST);
        String password = password(fields);
        fields.requireNoOthers();
        return operations.add(name, roles, password, Caller.request(actor, ""));
    }

    @PostMapping("/{name}/roles")
    @TakesDryRun
    PersonStatus roles(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"roles\": [\"operator\"]}");
        List<String> roles = fields.texts("roles", MOST);
        fields.requireNoOthers();
        return operations.changeRoles(name, roles, Caller.request(actor, ""));
    }

    @PostMapping("/{name}/password")
    @TakesDryRun
    PersonStatus password(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"password\": null}");
        String password = password(fields);
        fields.requireNoOthers();
        return operations.changePassword(name, password, Caller.request(actor, ""));
    }

    @PostMapping("/{name}/disable")
    @TakesDryRun
    PersonStatus disable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields.of(body, "{}").requireNoOthers();
        return operations.changeDisabled(name, true, Caller.request(actor, ""));
    }

    @PostMapping("/{name}/enable")
    @TakesDryRun
    PersonStatus enable(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields.of(body, "{}").requireNoOthers();
        return operations.changeDisabled(name, false, Caller.request(actor, ""));
    }

    /** Whatever is wrong with it is said without it. */
    private static @Nullable String password(RequestFields fields) {
        return fields.has("password") ? fields.secret("password") : null;
    }
}
