package io.changeover.app.api;

import io.changeover.app.security.UnmaskedSight;
import io.changeover.explain.Explanation;
import io.changeover.operation.RowOperations;
import io.changeover.repair.RepairReport;
import io.changeover.repair.RepairTarget;
import io.changeover.repair.RepairedHome;
import io.changeover.selfcheck.SelfCheckOptions;
import io.changeover.selfcheck.SelfCheckReport;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Why rows are as they are, whether they are what their events say, and putting them right. */
@RestController
@RequestMapping("/api/views")
class RowsController {

    private static final int MAX_VERSION = 999_999;

    private final RowOperations operations;
    private final UnmaskedSight unmaskedSight;

    RowsController(RowOperations operations, UnmaskedSight unmaskedSight) {
        this.operations = operations;
        this.unmaskedSight = unmaskedSight;
    }

    /**
     * @param parameters taken whole, since a list would be cut at the commas of a key
     * @param unmasked {@code true} shows sensitive values as they are, to those who may see them
     */
    @GetMapping("/{view}/explain")
    Explanation explain(
            @PathVariable String view,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(required = false) @Nullable Integer left,
            @RequestParam(required = false) @Nullable Integer right,
            @RequestParam(defaultValue = "false") String unmasked) {
        List<String> key = parameters.getOrDefault("key", List.of());
        if (key.isEmpty()) {
            throw new InvalidRequestException(
                    "missing-field",
                    "Parameter 'key' is missing but required; name each component of the row's key, such as ?key=10100&key=3");
        }
        switch (unmasked) {
            case "false" -> {
                return operations.explain(view, key, left, right);
            }
            case "true" -> {
                unmaskedSight.enter("row %s of %s".formatted(String.join("/", key), view));
                return operations.explainUnmasked(view, key, left, right);
            }
            default ->
                throw new InvalidRequestException(
                        "invalid-field",
                        "Parameter 'unmasked' is '%s' but must be true or false; correct it or leave it out"
                                .formatted(Parameters.shortened(unmasked)));
        }
    }

    @PostMapping("/{view}/versions/{version}/self-check")
    SelfCheckReport selfCheck(
            @PathVariable String view,
            @PathVariable int version,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"homes\": 1000}");
        int homes = (int) fields.integerOr("homes", 1, SelfCheckOptions.MOST_HOMES, SelfCheckOptions.HOMES);
        boolean all = fields.optionalTruth("all");
        Long seed = fields.has("seed") ? fields.integerOr("seed", Long.MIN_VALUE, Long.MAX_VALUE, 0) : null;
        fields.requireNoOthers();
        if (all && fields.has("homes")) {
            throw fields.refused("The body names homes and all but must name one of them");
        }
        return operations.selfCheck(new VersionId(view, version), homes, all, seed);
    }

    @PostMapping("/{view}/versions/{version}/repair")
    @TakesDryRun(ownAnswer = true)
    RepairReport repair(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"differingFrom\": 1, \"dryRun\": true}");
        List<String> homes = fields.optionalTexts("homes");
        if (homes.isEmpty() != fields.has("differingFrom")) {
            throw fields.refused("The body names %s but must name one of homes and differingFrom"
                    .formatted(homes.isEmpty() ? "no target" : "two targets"));
        }
        RepairTarget target = homes.isEmpty()
                ? new RepairTarget.DifferingFrom(new VersionId(view, fields.integer("differingFrom", 1, MAX_VERSION)))
                : new RepairTarget.Homes(homes);
        boolean dryRun = fields.optionalTruth("dryRun") || DryRunInterceptor.current() != null;
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.repair(new VersionId(view, version), target, dryRun, Caller.request(actor, reason));
    }

    @GetMapping("/{view}/repairs")
    List<RepairedHome> repairs(@PathVariable String view) {
        return operations.repairs(view);
    }
}
