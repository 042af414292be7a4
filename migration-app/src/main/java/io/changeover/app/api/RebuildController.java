package io.changeover.app.api;

import io.changeover.operation.RebuildOperations;
import io.changeover.operation.RebuildResult;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Folding a part of a version's history again. */
@RestController
@RequestMapping("/api/views")
class RebuildController {

    private static final int MAX_VERSION = 999_999;
    private static final Pattern POSITIONS = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");
    private static final List<String> TARGETS =
            List.of("homes", "where", "differingFrom", "aggregate", "positions", "changed", "all");

    private final RebuildOperations operations;

    RebuildController(RebuildOperations operations) {
        this.operations = operations;
    }

    @PostMapping("/{view}/versions/{version}/rebuild")
    @TakesDryRun(ownAnswer = true)
    RebuildResult rebuild(
            @PathVariable String view,
            @PathVariable int version,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, "{\"homes\": [\"10100\"], \"dryRun\": true}");
        RebuildTarget target = target(view, fields);
        boolean dryRun = fields.optionalTruth("dryRun") || DryRunInterceptor.current() != null;
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return operations.rebuild(new VersionId(view, version), target, dryRun, Caller.request(actor, reason));
    }

    private static RebuildTarget target(String view, RequestFields fields) {
        List<String> homes = fields.optionalTexts("homes");
        List<String> where = fields.optionalTexts("where");
        Map<String, Boolean> flags =
                Map.of("changed", fields.optionalTruth("changed"), "all", fields.optionalTruth("all"));
        List<String> named = TARGETS.stream()
                .filter(fields::has)
                .filter(name -> flags.getOrDefault(name, true))
                .toList();
        if (named.size() != 1) {
            throw fields.refused("The body names %s but must name exactly one of %s"
                    .formatted(
                            named.isEmpty() ? "no target" : "the targets " + String.join(", ", named),
                            String.join(", ", TARGETS)));
        }
        return switch (named.get(0)) {
            case "homes" -> new RebuildTarget.Homes(homes);
            case "where" -> new RebuildTarget.Where(where);
            case "differingFrom" ->
                new RebuildTarget.DifferingFrom(new VersionId(view, fields.integer("differingFrom", 1, MAX_VERSION)));
            case "aggregate" -> aggregate(fields);
            case "positions" -> positions(fields);
            case "changed" -> new RebuildTarget.Changed();
            default -> new RebuildTarget.All();
        };
    }

    private static RebuildTarget aggregate(RequestFields fields) {
        String text = fields.text("aggregate");
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw fields.refused("Field 'aggregate' is '%s' but must be a type and an identifier such as 'Order/10100'"
                    .formatted(text));
        }
        return new RebuildTarget.Aggregate(text.substring(0, slash), text.substring(slash + 1));
    }

    private static RebuildTarget positions(RequestFields fields) {
        String text = fields.text("positions");
        Matcher matcher = POSITIONS.matcher(text);
        if (matcher.matches()) {
            long from = Long.parseLong(matcher.group(1));
            long to = Long.parseLong(matcher.group(2));
            if (from >= 1 && from <= to) {
                return new RebuildTarget.Positions(from, to);
            }
        }
        throw fields.refused(
                "Field 'positions' is '%s' but must be two positions from 1 on, the lower first, such as '1200-1300'"
                        .formatted(text));
    }
}
