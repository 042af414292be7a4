package io.changeover.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.ChangeoverApplication;
import io.changeover.freshness.NoteDomain.Opened;
import io.changeover.serving.ReadPosition;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.UUID;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application with the example's domain behind its server, as a client meets it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadsOverHttpTest {

    private static final String TOKEN = "a-token-for-tests-of-forty-three-characters";
    private static final String ORDER =
            """
            {"customerId": "103", "contact": {"givenName": "Ada", "familyName": "King"}, "requiredDate": "2099-01-01",
             "lines": [{"productCode": "S10_1678", "quantity": 2, "unitPrice": {"minorUnits": 9500, "currency": "USD"}}]}
            """;

    /** Addresses of a team's own that write and answer in ways of their own. */
    @RestController
    static class Desk {

        private final EventStore events;

        Desk(EventStore events) {
            this.events = events;
        }

        private void write() {
            String note = UUID.randomUUID().toString();
            events.publish(new GenericDomainEventMessage<>("Note", note, 0, new Opened(note)));
        }

        @PostMapping("/desk/empty")
        ResponseEntity<Void> empty() {
            write();
            return ResponseEntity.noContent().build();
        }

        @PostMapping("/desk/streamed")
        void streamed(HttpServletResponse response) throws IOException {
            write();
            response.getOutputStream().print("begin");
            response.flushBuffer();
            response.getOutputStream().print(" end");
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private TestDatabase database;
    private ConfigurableApplicationContext application;
    private int port;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = TestDatabase.empty();
        application = new SpringApplicationBuilder(ChangeoverApplication.class, NoteDomain.Known.class, Desk.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.autoconfigure.exclude=" + TestNode.WITHOUT_JPA,
                        "--axon.axonserver.enabled=false",
                        "--changeover.data-folder=" + folder,
                        "--changeover.api.token=" + TOKEN,
                        "--orders.traffic.enabled=false",
                        "--logging.level.root=WARN");
        port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
        TestNode.await(() -> send("GET", "/orders/10100", "").statusCode() == 200);
        TestNode.await(() -> send("GET", "/customers/103/account", "").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        application.close();
        database.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String position(HttpResponse<?> response) {
        return response.headers().firstValue("X-Changeover-Position").orElse(null);
    }

    private static long last(HttpResponse<?> response) {
        return ReadPosition.parse(position(response)).orElseThrow().last();
    }

    @Test
    void an_order_that_was_placed_is_on_the_board_for_whoever_carries_the_position() {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> placed = send("POST", "/orders", ORDER);
            assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
            assertThat(position(placed)).matches("\\d+-\\d+");
            String orderId = json.readTree(placed.body()).path("orderId").asString();

            HttpResponse<String> read = send(
                    "GET",
                    "/orders/" + orderId,
                    "",
                    "X-Changeover-Position",
                    position(placed),
                    "X-Changeover-Wait",
                    "30000");

            assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
            assertThat(read.headers().firstValue("X-Changeover-Served")).hasValue("order-board@1");
            assertThat(last(read)).isGreaterThanOrEqualTo(last(placed));
        }
    }

    @Test
    void a_read_without_a_position_is_told_none_and_one_with_0_is_told_one() {
        assertThat(position(send("GET", "/orders/10100", ""))).isNull();
        assertThat(position(send("GET", "/orders/10100", "", "X-Changeover-Position", "0")))
                .matches("\\d+");
    }

    @Test
    void a_write_is_told_its_position_when_the_answer_is_empty_or_sent_piece_by_piece() {
        HttpResponse<String> empty = send("POST", "/desk/empty", "");
        assertThat(empty.statusCode()).isEqualTo(204);
        assertThat(position(empty)).matches("\\d+");
        HttpResponse<String> streamed = send("POST", "/desk/streamed", "");
        assertThat(streamed.body()).isEqualTo("begin end");
        assertThat(last(streamed)).isGreaterThan(last(empty));
    }

    @Test
    void a_position_that_was_never_written_is_a_problem_of_the_client() {
        HttpResponse<String> refused = send("GET", "/orders/10100", "", "X-Changeover-Position", "999999999");

        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode problem = json.readTree(refused.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:changeover:problem:unwritten-position");
        assertThat(problem.path("detail").asString())
                .startsWith("Position 999999999 was never written; the store ends at");
    }

    @Test
    void a_header_that_cannot_be_understood_is_a_problem_before_anything_is_done() {
        HttpResponse<String> refused = send("POST", "/orders", ORDER, "X-Changeover-Position", "latest");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json.readTree(refused.body()).path("header").asString()).isEqualTo("X-Changeover-Position");
    }

    @Test
    void only_an_operator_chooses_the_version_for_a_request() {
        HttpResponse<String> refused = send("GET", "/orders/10100", "", "X-Changeover-Version", "order-board@1");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json.readTree(refused.body()).path("type").asString())
                .isEqualTo("urn:changeover:problem:override-not-allowed");

        HttpResponse<String> chosen = asOperator("order-board@1", "0");
        assertThat(chosen.statusCode()).isEqualTo(200);
        assertThat(chosen.headers().firstValue("X-Changeover-Served")).hasValue("order-board@1");

        HttpResponse<String> unknown = asOperator("order-board@9", "0");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(json.readTree(unknown.body()).path("detail").asString())
                .isEqualTo(
                        "Header X-Changeover-Version is 'order-board@9' but must be versions that this application declares, which 'order-board@9' is not; name one of [order-board@1, order-board@2]");
    }

    @Test
    void a_version_that_is_not_built_is_a_problem_that_says_so() {
        HttpResponse<String> refused = asOperator("order-board@2", "1");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        JsonNode problem = json.readTree(refused.body());
        assertThat(problem.path("outcome").asString()).isEqualTo("rebuilding");
        assertThat(problem.path("view").asString()).isEqualTo("order-board");
        assertThat(problem.path("version").asInt()).isEqualTo(2);
        assertThat(problem.path("wanted").asLong()).isEqualTo(1);
        assertThat(problem.path("reached").asLong()).isZero();
    }

    private HttpResponse<String> asOperator(String version, String position) {
        return send(
                "GET",
                "/orders/10100",
                "",
                "Authorization",
                "Bearer " + TOKEN,
                "X-Changeover-Version",
                version,
                "X-Changeover-Position",
                position);
    }
}
