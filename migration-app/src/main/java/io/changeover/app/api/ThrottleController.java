package io.changeover.app.api;

import io.changeover.operation.Request;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleLimits;
import io.changeover.throttle.ThrottleStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The throttle of this node's backfills. Other nodes have their own, so each is asked at its own address. */
@RestController
@RequestMapping("/api/throttle")
class ThrottleController {

    private static final Logger LOG = LoggerFactory.getLogger(ThrottleController.class);
    private static final String EXAMPLE = "{\"maxWorkers\": 1, \"liveLatency\": \"50ms\"}";

    private final Governor governor;

    ThrottleController(Governor governor) {
        this.governor = governor;
    }

    @GetMapping
    ThrottleStatus throttle() {
        return governor.status();
    }

    /** Changes the limits that the body names, on this node and until it stops. */
    @PatchMapping
    @TakesDryRun
    ThrottleStatus change(
            @RequestBody(required = false) @Nullable JsonNode body,
            @RequestHeader(name = Caller.HEADER, required = false) @Nullable String actor) {
        RequestFields fields = RequestFields.of(body, EXAMPLE);
        fields.requireSome();
        ThrottleLimits now = governor.limits();
        ThrottleLimits next = new ThrottleLimits(
                fields.flagOr("stopped", now.stopped()),
                (int) fields.integerOr("maxWorkers", 1, ThrottleLimits.MOST_WORKERS, now.maxWorkers()),
                (int) fields.integerOr("maxEventsPerSecond", 0, ThrottleLimits.HIGHEST_RATE, now.maxEventsPerSecond()),
                fields.durationOr("liveLatency", ThrottleLimits.SHORTEST, ThrottleLimits.LONGEST, now.liveLatency()),
                fields.numberOr(
                        "liveLatencyRatio",
                        ThrottleLimits.LOWEST_RATIO,
                        ThrottleLimits.HIGHEST_RATIO,
                        now.liveLatencyRatio()),
                fields.integerOr("liveLag", 0, Long.MAX_VALUE, now.liveLag()),
                fields.durationOr(
                        "connectionWait", ThrottleLimits.SHORTEST, ThrottleLimits.LONGEST, now.connectionWait()),
                fields.integerOr("replicationLag", 0, Long.MAX_VALUE, now.replicationLag()),
                fields.durationOr(
                        "replicationDelay", ThrottleLimits.SHORTEST, ThrottleLimits.LONGEST, now.replicationDelay()));
        fields.requireNoOthers();
        Request request = Caller.request(actor, "");
        if (request.dryRun() != null) {
            request.dryRun().would("change the limits of the throttle", next);
            return governor.status();
        }
        LOG.info("{} changes the limits of the throttle from {} to {}", request.actor(), now, next);
        governor.limits(next);
        return governor.status();
    }
}
