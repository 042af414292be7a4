package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.IdleGovernor;
import io.changeover.app.InMemoryEventOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryPlanOperations;
import io.changeover.operation.EventOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(
        controllers = {
            ViewsController.class,
            BackfillsController.class,
            ChangeoversController.class,
            EventsController.class,
            ThrottleController.class
        },
        properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApiTest {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        Operations operations() {
            return new InMemoryOperations();
        }

        @Bean
        PlanOperations planOperations(Operations operations) {
            return new InMemoryPlanOperations((InMemoryOperations) operations);
        }

        @Bean
        EventOperations eventOperations() {
            return new InMemoryEventOperations();
        }

        @Bean
        Governor governor() {
            return IdleGovernor.create();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Operations operations;

    @Autowired
    Governor governor;

    InMemoryOperations memory;

    @BeforeEach
    void begin_anew() {
        memory = (InMemoryOperations) operations;
        memory.reset();
        governor.limits(IdleGovernor.LIMITS);
    }

    @Test
    void tells_where_views_stand() {
        assertThat(get("/api/views/order-board"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"view": "order-board", "serving": 1, "changeover": null, "versions": [
                  {"version": "order-board@1", "state": "live", "position": 1000, "lag": 0, "rows": 326,
                   "deadLetters": 0, "backfill": null, "stale": null, "retirement": null, "disposal": null},
                  {"version": "order-board@2", "state": "absent", "position": 0, "lag": 0, "rows": 326,
                   "deadLetters": 1, "backfill": null, "stale": null, "retirement": null, "disposal": null}]}
                """);
        assertThat(get("/api/views")).bodyJson().extractingPath("$[0].view").isEqualTo("order-board");
        assertThat(get("/api/views/order-board/versions"))
                .bodyJson()
                .extractingPath("$[1].version")
                .isEqualTo("order-board@2");
    }

    @Test
    void starts_several_backfills_at_once_and_pauses_resumes_and_cancels_one() {
        post("/api/changeovers", "{\"view\": \"order-board\", \"to\": 2}");
        assertThat(post("/api/backfills", "{\"views\": [\"order-board\"], \"reason\": \"now\"}"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$[0].backfill.state")
                .isEqualTo("running");
        String backfill = "/api/views/order-board/versions/2/backfill";
        assertThat(post(backfill + "/pause", "{\"reason\": \"lunch\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("paused");
        assertThat(post(backfill + "/resume", null))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("running");
        assertThat(post(backfill + "/cancel", null))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("cancelled");
    }

    @Test
    void leads_a_changeover_from_declaration_to_completion() {
        assertThat(get("/api/changeovers")).hasStatusOk().bodyJson().isStrictlyEqualTo("[]");
        assertThat(post("/api/changeovers", "{\"view\": \"order-board\", \"to\": 2, \"reason\": \"faster\"}"))
                .hasStatus(201)
                .hasHeader("Location", "/api/changeovers/order-board")
                .bodyJson()
                .extractingPath("$.phase")
                .isEqualTo("declared");
        assertThat(post("/api/changeovers/order-board/backfill", null))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.backfill")
                .isEqualTo(
                        json(
                                """
                        {"state": "running", "position": 400, "horizon": 1000, "total": 1000, "events": 400,
                         "repeated": 0, "eventsPerSecond": 200.0, "elapsed": "PT2S", "eta": "PT3S",
                         "bottleneck": "parse", "stages": {"read": "PT0S", "parse": "PT0S", "fold": "PT0S",
                         "load": "PT0S", "write": "PT0S", "index": "PT0S"}, "rowsInMemory": 326,
                         "bytesInMemory": 1048576, "deadLetters": 0, "together": 1, "failure": null}
                        """));
        for (int look = 0; look < 3; look++) {
            get("/api/changeovers/order-board");
        }
        assertThat(post("/api/changeovers/order-board/verify", null))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.verdict")
                .isEqualTo("equal");
        assertThat(post("/api/changeovers/order-board/shift", "{\"percent\": 100}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.percent")
                .isEqualTo(100);
        assertThat(get("/api/changeovers"))
                .bodyJson()
                .extractingPath("$[0].next")
                .isEqualTo(List.of("complete", "rollback"));
        assertThat(post("/api/changeovers/order-board/complete", "{\"reason\": \"done\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.phase")
                .isEqualTo("completed");
        assertThat(memory.requests)
                .containsExactly(
                        "declare api faster", "backfill api", "verify api", "shift 100 api", "complete api done");
    }

    @Test
    void rolls_back_and_aborts() {
        declare();
        assertThat(post("/api/changeovers/order-board/rollback", "{\"reason\": \"slow\"}"))
                .hasStatusOk();
        assertThat(post("/api/changeovers/order-board/abort", "{}")).hasStatusOk();
        assertThat(memory.requests).containsExactly("declare api", "rollback api slow", "abort api");
    }

    @Test
    void names_a_sane_actor_in_the_audit_trail_and_nobody_else() {
        declare();
        mvc.post()
                .uri("/api/changeovers/order-board/rollback")
                .header("Authorization", "Bearer " + TOKEN)
                .header("X-Changeover-Actor", "Ada Lovelace")
                .exchange();
        mvc.post()
                .uri("/api/changeovers/order-board/abort")
                .header("Authorization", "Bearer " + TOKEN)
                .header("X-Changeover-Actor", "x".repeat(101))
                .exchange();
        assertThat(memory.requests).containsExactly("declare api", "rollback Ada Lovelace", "abort api");
    }

    @Test
    void lists_dead_letters_and_retries_them() {
        assertThat(get("/api/views/order-board/versions/2/dead-letters"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        [{"version": "order-board@2", "home": "10100", "position": 17, "eventId": "e-17",
                          "eventName": "order.placed", "revision": "1", "cause": "order has no lines",
                          "parkedAt": "2026-03-01T10:00:00Z", "attempts": 1}]
                        """);
        assertThat(post("/api/views/order-board/versions/2/dead-letters/retry", "{\"home\": \"10100\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"version": "order-board@2", "home": "10100", "applied": 1, "stillParked": 0, "failure": null}
                        """);
    }

    @Test
    void lists_events_without_their_schemas() {
        assertThat(get("/api/events"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"name": "legacy.noted", "domain": null, "owner": null, "compatibility": null, "current": null,
                  "revisions": [
                    {"revision": null, "leadsTo": [], "losesUp": [], "leadsDownTo": null, "losesDown": [],
                     "noWayDown": null, "events": 3, "sensitive": [], "hasSchema": false, "samples": 0}],
                  "consumers": []},
                 {"name": "payment.received", "domain": "sales", "owner": "accounting team",
                  "compatibility": "BACKWARD_TRANSITIVE", "current": "2",
                  "revisions": [
                    {"revision": "1", "leadsTo": ["payment.received@2"], "losesUp": ["the time of day"],
                     "leadsDownTo": null, "losesDown": [], "noWayDown": null, "events": 1200, "sensitive": [],
                     "hasSchema": false, "samples": 0},
                    {"revision": "2", "leadsTo": [], "losesUp": [], "leadsDownTo": "payment.received@1",
                     "losesDown": ["the currency"], "noWayDown": null, "events": 34, "sensitive": ["iban"],
                     "hasSchema": true, "samples": 2}],
                  "consumers": [{"name": "dunning", "contact": "dunning@sales.example", "revision": "1"}]}]
                """);
    }

    @Test
    void shows_one_event_with_schemas_that_others_can_use() {
        assertThat(get("/api/events/payment.received"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.revisions[1]")
                .isEqualTo(
                        json(
                                """
                        {"revision": "2", "leadsTo": [], "losesUp": [], "leadsDownTo": "payment.received@1",
                         "losesDown": ["the currency"], "noWayDown": null, "events": 34, "sensitive": ["iban"],
                         "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                                    "properties": {"iban": {"type": "string"}}},
                         "samples": 2}
                        """));
        assertThat(get("/api/events/payment.received"))
                .bodyJson()
                .extractingPath("$.revisions[0].schema")
                .isNull();
    }

    @Test
    void says_what_a_release_could_read_after_a_rollback() {
        assertThat(get("/api/releases")).hasStatusOk().bodyJson().isStrictlyEqualTo("[\"release-1\", \"release-2\"]");
        assertThat(get("/api/releases/release-1/rollback-report"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"release": "release-1", "position": 1300, "asIs": 1200, "down": 38, "not": 7, "lines": [
                  {"event": "legacy.noted", "revision": null, "events": 3, "way": "not", "target": null, "refused": 0,
                   "reason": "no step declares a way down from 'legacy.noted without revision'", "firstRefused": null,
                   "loses": []},
                  {"event": "payment.received", "revision": "1", "events": 1200, "way": "as-is",
                   "target": "payment.received@1", "refused": 0, "reason": null, "firstRefused": null, "loses": []},
                  {"event": "payment.received", "revision": "2", "events": 40, "way": "down",
                   "target": "payment.received@1", "refused": 2, "reason": "'currency' is 'JPY' but must be 'EUR'",
                   "firstRefused": 1017, "loses": ["the currency", "the means"]},
                  {"event": "voucher.used", "revision": "", "events": 2, "way": "never-knew", "target": null,
                   "refused": 0, "reason": "the release has never known such an event and leaves it out",
                   "firstRefused": null, "loses": []}]}
                """);
    }

    @Test
    void hands_out_samples_with_every_digit() {
        assertThat(get("/api/samples"))
                .hasStatusOk()
                .bodyText()
                .contains("{\"amount\":1234567890123456.7890}")
                .contains("\"path\":\"payment.received/2/largest.json\"");
        assertThat(get("/api/samples"))
                .bodyJson()
                .extractingPath("$.samples[1]")
                .isEqualTo(
                        json(
                                """
                        {"path": "payment.received/2/largest.json", "label": "largest", "event": "payment.received",
                         "revision": "2", "payload": {"iban": "XX00", "minorUnits": 500}, "metadata": {}}
                        """));
        assertThat(get("/api/samples"))
                .bodyJson()
                .extractingPath("$.withheld.length()")
                .isEqualTo(1);
    }

    @Test
    void shows_the_throttle_of_the_node_with_what_every_signal_wants() {
        assertThat(get("/api/throttle"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"node": "node-1", "state": "idle", "share": 2.0, "workers": 2, "working": 0,
                 "signals": [
                   {"name": "live-latency", "state": "grow", "value": 0.0, "limit": 100.0, "unit": "ms",
                    "text": "nobody appends on this node"},
                   {"name": "live-latency-ratio", "state": "grow", "value": 0.0, "limit": 1.1, "unit": "times",
                    "text": "nobody appends on this node"},
                   {"name": "replication-lag", "state": "shrink", "value": 80000000.0, "limit": 67108864.0,
                    "unit": "bytes", "text": "standby 'berlin' is 80,000,000 bytes behind"},
                   {"name": "disk", "state": "keep", "value": null, "limit": null, "unit": "",
                    "text": "no such file"}],
                 "vetoes": [],
                 "limits": {"stopped": false, "maxWorkers": 2, "maxEventsPerSecond": 0, "liveLatency": "PT0.1S",
                   "liveLatencyRatio": 1.1, "liveLag": 1000, "connectionWait": "PT0.1S", "replicationLag": 67108864,
                   "replicationDelay": "PT5S"},
                 "totals": {"events": 0, "busy": "PT0S", "rested": "PT0S", "shrinks": 0, "stops": 0}}
                """);
    }

    @Test
    void changes_the_limits_that_are_named_and_no_others() {
        assertThat(
                        patch(
                                "/api/throttle",
                                """
                        {"stopped": true, "maxWorkers": 1, "maxEventsPerSecond": 5000, "liveLatency": "50ms",
                         "liveLatencyRatio": 1.5, "liveLag": 0, "connectionWait": "PT1S", "replicationDelay": "0s"}
                        """))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.vetoes[0]")
                .isEqualTo(
                        json(
                                """
                        {"signal": "operator", "reason": "stopped by hand; work goes on when somebody takes that back"}
                        """));
        assertThat(governor.limits())
                .isEqualTo(new ThrottleLimits(
                        true,
                        1,
                        5_000,
                        Duration.ofMillis(50),
                        1.5,
                        0,
                        Duration.ofSeconds(1),
                        IdleGovernor.LIMITS.replicationLag(),
                        Duration.ZERO));
        assertThat(patch("/api/throttle", "{\"stopped\": false}"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("idle");
        assertThat(governor.limits().liveLatency()).isEqualTo(Duration.ofMillis(50));
    }

    private static Bad throttle(String body, String type, String detail) {
        String problem =
                """
                {"type": "urn:changeover:problem:@", "title": "Bad request", "status": 400,
                 "detail": "#; send {\\"maxWorkers\\": 1, \\"liveLatency\\": \\"50ms\\"}", "instance": "%s"}
                """;
        return new Bad(
                HttpMethod.PATCH,
                "/api/throttle",
                "application/json",
                body,
                400,
                problem.replace("@", type).replace("#", detail.replace("\"", "\\\"")));
    }

    static Stream<Bad> badThrottle() {
        return Stream.of(
                throttle("", "missing-field", "The request body must name at least one field but names none"),
                throttle("{}", "missing-field", "The request body must name at least one field but names none"),
                throttle(
                        "{\"maxWorkers\": 0}",
                        "invalid-field",
                        "Field 'maxWorkers' is 0 but must be a whole number from 1 to 256"),
                throttle(
                        "{\"maxWorkers\": 1.5}",
                        "invalid-field",
                        "Field 'maxWorkers' is 1.5 but must be a whole number from 1 to 256"),
                throttle(
                        "{\"stopped\": \"yes\"}",
                        "invalid-field",
                        "Field 'stopped' is \"yes\" but must be true or false"),
                throttle(
                        "{\"liveLatency\": \"fast\"}",
                        "invalid-field",
                        "Field 'liveLatency' is \"fast\" but must be a duration such as '50ms' or '2s' from PT0.001S to PT1H, or '0s'"),
                throttle(
                        "{\"connectionWait\": 5}",
                        "invalid-field",
                        "Field 'connectionWait' is 5 but must be a duration such as '50ms' or '2s' from PT0.001S to PT1H, or '0s'"),
                throttle(
                        "{\"replicationDelay\": \"2h\"}",
                        "invalid-field",
                        "Field 'replicationDelay' is \"2h\" but must be a duration such as '50ms' or '2s' from PT0.001S to PT1H, or '0s'"),
                throttle(
                        "{\"liveLatencyRatio\": 1}",
                        "invalid-field",
                        "Field 'liveLatencyRatio' is 1 but must be a number from 1.02 to 100.0, or 0"),
                throttle(
                        "{\"liveLag\": -1}",
                        "invalid-field",
                        "Field 'liveLag' is -1 but must be a whole number from 0 to 9223372036854775807"),
                throttle(
                        "{\"workers\": 1}",
                        "unknown-field",
                        "Field 'workers' is not known here; the fields are stopped, maxWorkers, maxEventsPerSecond, liveLatency, liveLatencyRatio, liveLag, connectionWait, replicationLag, replicationDelay"));
    }

    @ParameterizedTest
    @MethodSource("badThrottle")
    void says_what_is_wrong_with_a_limit_and_changes_none(Bad bad) {
        says_what_is_wrong_and_changes_nothing(bad);
        assertThat(governor.limits()).isEqualTo(IdleGovernor.LIMITS);
    }

    record Bad(HttpMethod method, String path, String contentType, String body, int status, String problem) {

        static Bad get(String path, int status, String problem) {
            return new Bad(HttpMethod.GET, path, "application/json", "", status, problem);
        }

        static Bad json(String path, String body, int status, String problem) {
            return new Bad(HttpMethod.POST, path, "application/json", body, status, problem);
        }
    }

    private static String percentIs(String value) {
        return """
                {"type": "urn:changeover:problem:invalid-field", "title": "Bad request", "status": 400,
                 "detail": "Field 'percent' is @ but must be a whole number from 0 to 100; send {\\"percent\\": 10}",
                 "instance": "%s"}
                """
                .replace("@", value);
    }

    private static String malformed() {
        return """
                {"type": "urn:changeover:problem:malformed-body", "title": "Bad request", "status": 400,
                 "detail": "The request body must be one JSON object but cannot be read as JSON; correct its syntax",
                 "instance": "%s"}
                """;
    }

    static Stream<Bad> bad() {
        String shift = "/api/changeovers/order-board/shift";
        String compare = "/api/views/order-board/compare";
        return Stream.of(
                Bad.json(
                        compare,
                        "{\"left\": 1, \"right\": 9}",
                        404,
                        """
                        {"type": "urn:changeover:problem:unknown-version", "title": "Unknown view or version", "status": 404,
                         "detail": "View 'order-board' has no version '9'; its versions are: 1, 2", "instance": "%s"}
                        """),
                Bad.json(
                        "/api/views/orders/compare",
                        "{\"left\": 1, \"right\": 2}",
                        404,
                        """
                        {"type": "urn:changeover:problem:unknown-version", "title": "Unknown view or version", "status": 404,
                         "detail": "There is no view 'orders'; the declared views are: order-board", "instance": "%s"}
                        """),
                Bad.json(
                        "/api/changeovers",
                        "{\"view\": \"Order Board\", \"to\": 2}",
                        400,
                        """
                        {"type": "urn:changeover:problem:invalid-version", "title": "Bad request", "status": 400,
                         "detail": "View name 'Order Board' must be lower-case words of letters and digits joined by hyphens, such as 'order-board', with at most 40 characters; rename the view",
                         "instance": "%s"}
                        """),
                Bad.json(
                        shift,
                        "{}",
                        400,
                        """
                        {"type": "urn:changeover:problem:missing-field", "title": "Bad request", "status": 400,
                         "detail": "Field 'percent' is missing but required; send {\\"percent\\": 10}", "instance": "%s"}
                        """),
                Bad.json(
                        shift,
                        "",
                        400,
                        """
                        {"type": "urn:changeover:problem:missing-field", "title": "Bad request", "status": 400,
                         "detail": "Field 'percent' is missing but required; send {\\"percent\\": 10}", "instance": "%s"}
                        """),
                Bad.json(shift, "{\"percent\": 101}", 400, percentIs("101")),
                Bad.json(shift, "{\"percent\": -1}", 400, percentIs("-1")),
                Bad.json(shift, "{\"percent\": 99999999999}", 400, percentIs("99999999999")),
                Bad.json(shift, "{\"percent\": 10.5}", 400, percentIs("10.5")),
                Bad.json(shift, "{\"percent\": true}", 400, percentIs("true")),
                Bad.json(shift, "{\"percent\": \"10\"}", 400, percentIs("\\\"10\\\"")),
                Bad.json(
                        shift,
                        "{\"percent\": 10, \"reasn\": \"x\"}",
                        400,
                        """
                        {"type": "urn:changeover:problem:unknown-field", "title": "Bad request", "status": 400,
                         "detail": "Field 'reasn' is not known here; the fields are percent, reason; send {\\"percent\\": 10}",
                         "instance": "%s"}
                        """),
                Bad.json(
                        shift,
                        "{\"percent\": 10, \"reason\": \"" + "x".repeat(501) + "\"}",
                        400,
                        """
                        {"type": "urn:changeover:problem:invalid-field", "title": "Bad request", "status": 400,
                         "detail": "Field 'reason' is \\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... but must be a text of at most 500 characters; send {\\"percent\\": 10}",
                         "instance": "%s"}
                        """),
                Bad.json(shift, "{\"percent\": ", 400, malformed()),
                Bad.json(shift, "{\"percent\": 10} {\"percent\": 100}", 400, malformed()),
                Bad.json(
                        shift,
                        "[10]",
                        400,
                        """
                        {"type": "urn:changeover:problem:malformed-body", "title": "Bad request", "status": 400,
                         "detail": "The request body must be a JSON object; send {\\"percent\\": 10}", "instance": "%s"}
                        """),
                Bad.json(
                        shift,
                        " ".repeat(20_000) + "{\"percent\": 10}",
                        413,
                        """
                        {"type": "urn:changeover:problem:body-too-large", "title": "Body too large", "status": 413,
                         "detail": "The request body must have at most 16384 bytes but has more; send only the documented fields",
                         "instance": "%s"}
                        """),
                new Bad(
                        HttpMethod.POST,
                        shift,
                        "text/plain",
                        "10",
                        415,
                        """
                        {"type": "urn:changeover:problem:unsupported-media-type", "title": "Unsupported media type", "status": 415,
                         "detail": "The request body is 'text/plain;charset=UTF-8' but must be JSON; send the header 'Content-Type: application/json'",
                         "instance": "%s"}
                        """),
                new Bad(
                        HttpMethod.GET,
                        shift,
                        "application/json",
                        "",
                        405,
                        """
                        {"type": "urn:changeover:problem:method-not-allowed", "title": "Method not allowed", "status": 405,
                         "detail": "'/api/changeovers/order-board/shift' does not take GET but POST; use that", "instance": "%s"}
                        """),
                new Bad(
                        HttpMethod.GET,
                        "/api/veiws",
                        "application/json",
                        "",
                        404,
                        """
                        {"type": "urn:changeover:problem:no-such-address", "title": "No such address", "status": 404,
                         "detail": "There is nothing at '/api/veiws'; the API begins at /api/views, /api/changeovers, /api/comparisons, /api/consumers, /api/doctor, /api/events, /api/people, /api/releases, /api/samples, /api/throttle and /api/tokens",
                         "instance": "%s"}
                        """),
                new Bad(
                        HttpMethod.GET,
                        "/api/views/order-board/versions/two/dead-letters",
                        "application/json",
                        "",
                        400,
                        """
                        {"type": "urn:changeover:problem:invalid-version", "title": "Bad request", "status": 400,
                         "detail": "'two' in the address must be a whole number from 1 to 999999; correct it", "instance": "%s"}
                        """),
                Bad.get(
                        "/api/events/payment.recieved",
                        404,
                        """
                        {"type": "urn:changeover:problem:unknown-event", "title": "Unknown event", "status": 404,
                         "detail": "There is no event 'payment.recieved' in any class, step or stored row; list the events to see their names",
                         "instance": "%s"}
                        """),
                Bad.get(
                        "/api/releases/release-9/rollback-report",
                        404,
                        """
                        {"type": "urn:changeover:problem:unknown-release", "title": "Unknown release", "status": 404,
                         "detail": "Release 'release-9' is not declared; the declared releases are: release-1, release-2",
                         "instance": "%s"}
                        """),
                Bad.json(
                        shift,
                        "{\"percent\": 10}",
                        409,
                        """
                        {"type": "urn:changeover:problem:no-changeover", "title": "Refused", "status": 409,
                         "detail": "View 'order-board' has no open changeover; declare one", "instance": "%s"}
                        """));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void says_what_is_wrong_and_changes_nothing(Bad bad) {
        assertThat(mvc.method(bad.method())
                        .uri(bad.path())
                        .header("Authorization", "Bearer " + TOKEN)
                        .contentType(bad.contentType())
                        .content(bad.body().getBytes(StandardCharsets.UTF_8)))
                .hasStatus(bad.status())
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyJson()
                .isStrictlyEqualTo(bad.problem().formatted(bad.path()));
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void refuses_with_the_rule_that_does_not_hold() {
        declare();
        assertThat(post("/api/changeovers/order-board/shift", "{\"percent\": 10}"))
                .hasStatus(409)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"type": "urn:changeover:problem:shift-before-backfill", "title": "Refused", "status": 409,
                         "detail": "Version 'order-board@2' is not built yet; reads move only to a version that is live; start its backfill",
                         "instance": "/api/changeovers/order-board/shift"}
                        """);
    }

    @Test
    void keeps_what_is_inside_inside() {
        memory.broken = true;
        assertThat(get("/api/views/order-board"))
                .hasStatus(500)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:internal-error", "title": "Internal error", "status": 500,
                 "detail": "Something failed that should not; the application's log says what, at this time",
                 "instance": "/api/views/order-board"}
                """);
    }

    record Endpoint(HttpMethod method, String path) {}

    static Stream<Endpoint> endpoints() {
        return Stream.of(
                new Endpoint(HttpMethod.GET, "/api/views"),
                new Endpoint(HttpMethod.GET, "/api/views/order-board"),
                new Endpoint(HttpMethod.GET, "/api/views/order-board/versions"),
                new Endpoint(HttpMethod.POST, "/api/views/order-board/compare"),
                new Endpoint(HttpMethod.GET, "/api/views/order-board/versions/2/dead-letters"),
                new Endpoint(HttpMethod.POST, "/api/views/order-board/versions/2/dead-letters/retry"),
                new Endpoint(HttpMethod.GET, "/api/changeovers"),
                new Endpoint(HttpMethod.POST, "/api/changeovers"),
                new Endpoint(HttpMethod.GET, "/api/changeovers/order-board"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/backfill"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/verify"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/shift"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/rollback"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/complete"),
                new Endpoint(HttpMethod.POST, "/api/changeovers/order-board/abort"),
                new Endpoint(HttpMethod.GET, "/api/events"),
                new Endpoint(HttpMethod.GET, "/api/events/payment.received"),
                new Endpoint(HttpMethod.GET, "/api/releases"),
                new Endpoint(HttpMethod.GET, "/api/releases/release-1/rollback-report"),
                new Endpoint(HttpMethod.GET, "/api/samples"),
                new Endpoint(HttpMethod.GET, "/api/throttle"),
                new Endpoint(HttpMethod.PATCH, "/api/throttle"),
                new Endpoint(HttpMethod.GET, "/actuator/metrics"),
                new Endpoint(HttpMethod.GET, "/api/anything-else"));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void lets_nobody_in_without_the_token(Endpoint endpoint) {
        for (String header : List.of("", "Bearer ", "Bearer wrong", "Basic " + TOKEN, TOKEN)) {
            assertThat(mvc.method(endpoint.method())
                            .uri(endpoint.path())
                            .header("Authorization", header)
                            .contentType(MediaType.APPLICATION_JSON))
                    .hasStatus(401)
                    .hasHeader("WWW-Authenticate", "Bearer")
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .bodyJson()
                    .isStrictlyEqualTo(
                            """
                            {"type": "urn:changeover:problem:not-authenticated", "title": "Not authenticated", "status": 401,
                             "detail": "The request must carry a token that is good but carries none or another; send the header 'Authorization: Bearer <token>' with a token that an administrator has issued, or with the content of the file that changeover.api.token-file names",
                             "instance": "%s"}
                            """
                                    .formatted(endpoint.path()));
        }
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void lets_readers_of_the_domain_through() {
        assertThat(mvc.get().uri("/orders")).hasStatus(404);
    }

    @Test
    void answers_an_unsafe_address_with_a_problem() {
        assertThat(mvc.get().uri("/api/views;a=b").header("Authorization", "Bearer " + TOKEN))
                .hasStatus(400)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"type": "urn:changeover:problem:unsafe-address", "title": "Bad request", "status": 400,
                         "detail": "The address or a header holds characters that are not safe; send plain ones",
                         "instance": "/api/views;a=b"}
                        """);
    }

    private void declare() {
        post("/api/changeovers", "{\"view\": \"order-board\", \"to\": 2}");
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri(path).header("Authorization", "Bearer " + TOKEN).exchange();
    }

    private MvcTestResult patch(String path, String body) {
        return mvc.patch()
                .uri(path)
                .header("Authorization", "Bearer " + TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private MvcTestResult post(String path, String body) {
        MockMvcTester.MockMvcRequestBuilder request = mvc.post().uri(path).header("Authorization", "Bearer " + TOKEN);
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).content(body).exchange();
    }

    private static Object json(String text) {
        return tools.jackson.databind.json.JsonMapper.shared().readValue(text, java.util.Map.class);
    }
}
