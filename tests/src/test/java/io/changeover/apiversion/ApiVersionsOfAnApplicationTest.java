package io.changeover.apiversion;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.ChangeoverApplication;
import io.changeover.examples.orders.customer.RegisterCustomer;
import io.changeover.examples.orders.model.Address;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.operation.SunsetOperations;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of an API version, through a running application whose clock is moved on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiVersionsOfAnApplicationTest {

    private static final String TOKEN = "a-token-for-tests-of-forty-three-characters";
    private static final String LINK = "https://example.org/moving";
    private static final VersionId FIRST = new VersionId("order-board", 1);
    private static final Request ANN = new Request("ann", "test");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final String OLD_ORDER =
            """
            {"orderId": "10", "customerId": "103", "customerName": "Atelier", "contact": "Carine Schmitt",
             "orderDate": "2027-01-04", "requiredDate": "2027-01-10", "shippedDate": null, "status": "IN_PROCESS",
             "totalMinorUnits": 0, "currency": "USD"}
            """;
    private static final String NEW_ORDER =
            """
            {"orderId": "10", "status": "in-process", "customer": {"customerId": "103", "name": "Atelier"},
             "contact": {"name": "Carine Schmitt"}, "orderDate": "2027-01-04", "requiredDate": "2027-01-10",
             "shippedDate": null, "total": {"minorUnits": 0, "currency": "USD"},
             "links": {"self": "/orders/10", "account": "/customers/103/account"}}
            """;
    private static final Path DOCUMENTS = Path.of("../docs/openapi");

    private static final MovedClock CLOCK = new MovedClock();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TestDatabase database;
    private static ConfigurableApplicationContext application;

    private final HttpClient http = HttpClient.newHttpClient();

    /** The clock of this machine, moved on. */
    static final class MovedClock extends Clock {

        private volatile Duration moved = Duration.ZERO;

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(moved);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Moved {

        @Bean
        Clock clock() {
            return CLOCK;
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.empty();
        Map<String, Object> settings = new TreeMap<>();
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.autoconfigure.exclude", TestNode.WITHOUT_JPA);
        settings.put("server.port", "0");
        settings.put("changeover.data-folder", folder.toString());
        settings.put("changeover.api.token", TOKEN);
        settings.put("changeover.serving.time-limit", "5m"); // no machine is so slow
        settings.put("changeover.reconcile.enabled", "false");
        settings.put("orders.import.enabled", "false");
        settings.put("orders.traffic.enabled", "false");
        application = new SpringApplicationBuilder(ChangeoverApplication.class, Moved.class)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
        CommandGateway commands = application.getBean(CommandGateway.class);
        PersonName carine = new PersonName("Carine", "Schmitt");
        commands.sendAndWait(new RegisterCustomer(
                "103",
                "Atelier",
                carine,
                "40.32.2555",
                new Address("54 Rue Royale", null, "Nantes", null, "44000", "France")));
        commands.sendAndWait(new PlaceOrder(
                "10",
                "103",
                "Atelier",
                carine,
                LocalDate.parse("2027-01-04"),
                LocalDate.parse("2027-01-10"),
                "USD",
                null));
    }

    @AfterAll
    static void stop() {
        application.close();
        database.close();
    }

    private HttpResponse<String> get(String address, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s"
                        .formatted(application.getEnvironment().getProperty("local.server.port"), address)))
                .header("Authorization", "Bearer " + TOKEN);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** Headers about versions, in order. */
    private static List<String> told(HttpResponse<String> response) {
        return response.headers().map().entrySet().stream()
                .filter(header -> List.of(
                                "deprecation", "sunset", "link", "vary", "content-type", "x-changeover-served")
                        .contains(header.getKey().toLowerCase(Locale.ROOT)))
                .sorted(Map.Entry.comparingByKey(String.CASE_INSENSITIVE_ORDER))
                .flatMap(header -> header.getValue().stream()
                        .map(value -> header.getKey().toLowerCase(Locale.ROOT) + ": " + value))
                .toList();
    }

    private static Operations operations() {
        return application.getBean(Operations.class);
    }

    private static SunsetOperations sunsets() {
        return application.getBean(SunsetOperations.class);
    }

    private static Instant deprecatedAt() {
        return sunsets().retirement(FIRST).deprecatedAt();
    }

    @Test
    @Order(1)
    void before_a_changeover_both_versions_are_answered_and_nothing_is_deprecated() {
        TestNode.await(() -> get("/orders/10").statusCode() == 200);
        HttpResponse<String> old = get("/orders/10");
        assertThat(json(old.body())).isEqualTo(json(OLD_ORDER));
        assertThat(told(old))
                .containsExactly(
                        "content-type: application/json", "vary: API-Version", "x-changeover-served: order-board@1");
        HttpResponse<String> next = get("/orders/10", "API-Version", "2");
        assertThat(json(next.body())).isEqualTo(json(NEW_ORDER));
        assertThat(told(next))
                .containsExactly(
                        "content-type: application/json", "vary: API-Version", "x-changeover-served: order-board@1");
        assertThat(json(get("/orders?status=in-process", "API-Version", "2").body()))
                .isEqualTo(json("[" + NEW_ORDER + "]"));
        assertThat(get("/customers/103/account", "API-Version", "2").statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    void a_version_that_does_not_exist_is_refused_only_where_there_are_versions() {
        HttpResponse<String> refused = get("/orders/10", "API-Version", "9");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused.body()))
                .isEqualTo(
                        json(
                                """
                {"type": "urn:changeover:problem:unknown-api-version", "title": "Unknown API version", "status": 400,
                 "detail": "There is no API version '9' at '/orders/10'; name one of those that exist: 1, 2",
                 "instance": "/orders/10", "apiVersions": ["1", "2"]}
                """));
        assertThat(get("/api/views", "API-Version", "9").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health", "API-Version", "9").statusCode()).isEqualTo(200);
        assertThat(get("/openapi/api-1", "API-Version", "9").statusCode()).isEqualTo(200);
        assertThat(get("/no-such-page", "API-Version", "9").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(3)
    void once_all_readers_have_moved_clients_of_the_old_shape_are_told_that_it_is_deprecated() {
        assertThat(sunsets().retirements("order-board")).isEmpty();
        operations().declare("order-board", 2, ANN);
        operations().startBackfill("order-board", ANN);
        TestNode.await(() -> operations().changeover("order-board").phase().equals("catching-up"));
        operations().verify("order-board", ANN);
        operations().shift("order-board", 100, ANN);
        HttpResponse<String> old = get("/orders/10");
        assertThat(json(old.body())).isEqualTo(json(OLD_ORDER));
        assertThat(told(old))
                .containsExactly(
                        "content-type: application/json",
                        "deprecation: @" + deprecatedAt().getEpochSecond(),
                        "link: </orders/10>; rel=\"successor-version\"; api-version=\"2\"",
                        "vary: API-Version",
                        "x-changeover-served: order-board@2");
        assertThat(told(get("/orders/10", "API-Version", "2")))
                .containsExactly(
                        "content-type: application/json", "vary: API-Version", "x-changeover-served: order-board@2");
    }

    @Test
    @Order(4)
    void a_sunset_leaves_clients_the_notice_they_were_promised() {
        Instant soon = CLOCK.instant().plus(Duration.ofDays(6));
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                OperationRefusedException.class, () -> sunsets().schedule(FIRST, soon, null, ANN))
                        .rule())
                .isEqualTo("sunset-too-soon");
        Instant at = CLOCK.instant().plus(Duration.ofDays(8));
        sunsets().schedule(FIRST, at, LINK, ANN);
        HttpResponse<String> old = get("/orders/10");
        assertThat(json(old.body())).isEqualTo(json(OLD_ORDER));
        assertThat(told(old))
                .containsExactly(
                        "content-type: application/json",
                        "deprecation: @" + deprecatedAt().getEpochSecond(),
                        "link: <https://example.org/moving>; rel=\"deprecation\"; type=\"text/html\"",
                        "link: <https://example.org/moving>; rel=\"sunset\"; type=\"text/html\"",
                        "link: </orders/10>; rel=\"successor-version\"; api-version=\"2\"",
                        "sunset: " + HTTP_DATE.format(at),
                        "vary: API-Version",
                        "x-changeover-served: order-board@2");
        JsonNode shown = json(get("/api/views/order-board").body())
                .path("versions")
                .path(0)
                .path("retirement");
        assertThat(shown)
                .isEqualTo(json(
                        """
                {"version": "order-board@1", "deprecatedAt": "%s", "sunsetAt": "%s", "ended": false, "link": "%s",
                 "successor": "order-board@2"}
                """
                                .formatted(deprecatedAt(), at.truncatedTo(ChronoUnit.SECONDS), LINK)));
    }

    @Test
    @Order(5)
    void after_the_sunset_the_old_shape_is_gone_and_the_new_one_is_not() {
        Instant at = sunsets().retirement(FIRST).sunsetAt();
        CLOCK.moved = Duration.ofDays(9);
        HttpResponse<String> old = get("/orders/10");
        assertThat(old.statusCode()).isEqualTo(410);
        assertThat(json(old.body()))
                .isEqualTo(json(
                        """
                {"type": "urn:changeover:problem:api-version-gone", "title": "API version gone", "status": 410,
                 "detail": "API version '1' shows order-board@1, which ended at %s, and is not answered any more; ask version '2' instead, and see https://example.org/moving",
                 "instance": "/orders/10", "apiVersion": "1", "viewVersion": "order-board@1",
                 "sunsetAt": "%s", "successorApiVersion": "2", "link": "https://example.org/moving"}
                """
                                .formatted(at, at)));
        assertThat(told(old))
                .containsExactly(
                        "content-type: application/problem+json",
                        "deprecation: @" + deprecatedAt().getEpochSecond(),
                        "link: <https://example.org/moving>; rel=\"deprecation\"; type=\"text/html\"",
                        "link: <https://example.org/moving>; rel=\"sunset\"; type=\"text/html\"",
                        "link: </orders/10>; rel=\"successor-version\"; api-version=\"2\"",
                        "sunset: " + HTTP_DATE.format(at),
                        "vary: API-Version");
        assertThat(json(get("/orders/10", "API-Version", "2").body())).isEqualTo(json(NEW_ORDER));
        assertThat(get("/customers/103/account").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(6)
    void a_sunset_that_is_withdrawn_lets_clients_in_again_and_a_rollback_takes_back_the_deprecation() {
        sunsets().withdraw(FIRST, ANN);
        HttpResponse<String> old = get("/orders/10");
        assertThat(old.statusCode()).isEqualTo(200);
        assertThat(old.headers().firstValue("Sunset")).isEmpty();
        assertThat(old.headers().firstValue("Deprecation")).isPresent();
        operations().rollBack("order-board", ANN);
        assertThat(told(get("/orders/10")))
                .containsExactly(
                        "content-type: application/json", "vary: API-Version", "x-changeover-served: order-board@1");
    }

    @Test
    @Order(7)
    void the_documents_of_the_example_are_those_that_are_checked_in() throws IOException {
        for (String version : List.of("1", "2")) {
            Path kept = DOCUMENTS.resolve("orders-%s.json".formatted(version));
            HttpResponse<String> document = get("/openapi/api-" + version);
            assertThat(document.statusCode()).isEqualTo(200);
            String now = document.body().strip() + "\n";
            String before = Files.exists(kept) ? Files.readString(kept) : "";
            if (Boolean.getBoolean("changeover.renew-documents")) {
                Files.createDirectories(DOCUMENTS);
                Files.writeString(kept, now);
            } else {
                assertThat(now)
                        .as(
                                "docs/openapi/orders-%s.json; when the change is wanted, run this test with -Dchangeover.renew-documents=true and commit the file",
                                version)
                        .isEqualTo(before);
            }
        }
    }

    @Test
    @Order(8)
    void the_document_for_operators_is_for_operators() throws IOException, InterruptedException {
        HttpResponse<String> document = get("/openapi/operator");
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(json(document.body()).path("paths").propertyNames())
                .contains("/api/views/{view}/versions/{version}/sunset")
                .allMatch(path -> path.startsWith("/api/"));
        String base = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
        for (String address : List.of("/openapi/operator", "/openapi.yaml/operator", "/openapi", "/openapi.yaml")) {
            HttpRequest anonymous =
                    HttpRequest.newBuilder(URI.create(base + address)).build();
            assertThat(http.send(anonymous, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(address)
                    .isEqualTo(401);
        }
        HttpRequest client =
                HttpRequest.newBuilder(URI.create(base + "/openapi/api-2")).build();
        assertThat(http.send(client, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}
