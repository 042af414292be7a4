package io.changeover.app.api;

import io.changeover.operation.DeadLetter;
import io.changeover.operation.Operations;
import io.changeover.operation.RetryResult;
import io.changeover.operation.VersionStatus;
import io.changeover.operation.ViewStatus;
import io.changeover.parity.ParityReport;
import io.changeover.view.VersionId;
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

/** Views, their versions, and what can be asked of them outside a changeover. */
@RestController
@RequestMapping("/api/views")
class ViewsController {

    private static final int MAX_VERSION = 999_999;

    private final Operations operations;

    ViewsController(Operations operations) {
        this.operations = operations;
    }

    @GetMapping
    List<ViewStatus> views() {
        return operations.views();
    }

    @GetMapping("/{view}")
    ViewStatus view(@PathVariable String view) {
        return operations.view(view);
    }

    @GetMapping("/{view}/versions")
    List<VersionStatus> versions(@PathVariable String view) {
        return operations.view(view).versions();
    }

    @PostMapping("/{view}/compare")
    ParityReport compare(@PathVariable String view, @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"left\": 1, \"right\": 2}");
        int left = fields.integer("left", 1, MAX_VERSION);
        int right = fields.integer("right", 1, MAX_VERSION);
        fields.requireNoOthers();
        return operations.compare(new VersionId(view, left), new VersionId(view, right));
    }

    @GetMapping("/{view}/versions/{version}/dead-letters")
    List<DeadLetter> deadLetters(@PathVariable String view, @PathVariable int version) {
        return operations.deadLetters(new VersionId(view, version));
    }

    @PostMapping("/{view}/versions/{version}/dead-letters/retry")
    @TakesDryRun
    RetryResult retry(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, "{\"home\": \"10100\"}");
        String home = fields.text("home");
        fields.requireNoOthers();
        return operations.retry(new VersionId(view, version), home, Caller.request(actor, ""));
    }
}
