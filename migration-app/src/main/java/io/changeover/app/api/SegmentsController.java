package io.changeover.app.api;

import io.changeover.operation.SegmentOperations;
import io.changeover.operation.SegmentStatus;
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

/** The segments of versions, among which nodes divide the work. */
@RestController
@RequestMapping("/api/views/{view}")
class SegmentsController {

    private static final String EXAMPLE = "{\"reason\": \"two nodes are to share it\"}";

    private final SegmentOperations operations;

    SegmentsController(SegmentOperations operations) {
        this.operations = operations;
    }

    @GetMapping("/segments")
    List<SegmentStatus> segments(@PathVariable String view) {
        return operations.segments(view);
    }

    @PostMapping("/versions/{version}/segments/{segment}/split")
    @TakesDryRun
    List<SegmentStatus> split(
            @PathVariable String view,
            @PathVariable int version,
            @PathVariable String segment,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return operations.split(new VersionId(view, version), number(segment), Caller.request(actor, reason(body)));
    }

    @PostMapping("/versions/{version}/segments/{segment}/merge")
    @TakesDryRun
    List<SegmentStatus> merge(
            @PathVariable String view,
            @PathVariable int version,
            @PathVariable String segment,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor,
            @RequestBody(required = false) @Nullable JsonNode body) {
        return operations.merge(new VersionId(view, version), number(segment), Caller.request(actor, reason(body)));
    }

    private static int number(String segment) {
        return (int) Parameters.number("segment", segment, 0, Integer.MAX_VALUE, 0);
    }

    private static String reason(@Nullable JsonNode body) {
        RequestFields fields = RequestFields.of(body, EXAMPLE);
        String reason = fields.optionalText("reason");
        fields.requireNoOthers();
        return reason;
    }
}
