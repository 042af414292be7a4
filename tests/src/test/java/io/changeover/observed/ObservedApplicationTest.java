package io.changeover.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.app.ChangeoverApplication;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.testkit.CutProxy;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.trace.LogFields;
import io.changeover.view.VersionId;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application with the example's domain, as monitoring sees it, up to the moment when its database is cut off. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedApplicationTest {

    private static final String TOKEN = "a-token-for-tests-of-forty-three-characters";
    private static final Path DOCUMENT = Path.of("..", "docs", "tracing.md");
    /** Each of four versions writes the line that was added, and three of them the order that was placed. */
    private static final int WRITES = 7;

    private static final String BEGIN = "<!-- the trace: written by ObservedApplicationTest -->\n```\n";
    private static final String END = "```\n<!-- the end of the trace -->";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + CALLER + "-01";
    private static final String ORDER =
            """
            {"customerId": "103", "contact": {"givenName": "Ada", "familyName": "Plantedname"},
             "requiredDate": "2099-01-01", "lines": [
             {"productCode": "S10_1678", "quantity": 2, "unitPrice": {"minorUnits": 9500, "currency": "USD"}}]}
            """;

    @Configuration(proxyBeanMethods = false)
    static class Kept {

        @Bean
        KeptSpans keptSpans() {
            return new KeptSpans();
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private TestDatabase database;
    private CutProxy proxy;
    private KeptLog log;
    private ConfigurableApplicationContext application;
    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        database = TestDatabase.empty();
        URI address = URI.create(database.url().substring("jdbc:".length()));
        proxy = new CutProxy(address.getPort());
        String url = "jdbc:postgresql://127.0.0.1:%d%s".formatted(proxy.port(), address.getPath());
        Map<String, Object> settings = new TreeMap<>();
        settings.put("server.port", "0");
        settings.put("spring.datasource.url", url);
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.autoconfigure.exclude", TestNode.WITHOUT_JPA);
        settings.put("axon.axonserver.enabled", "false");
        settings.put("changeover.data-folder", folder.toString());
        settings.put("changeover.api.token", TOKEN);
        settings.put("changeover.reconcile.enabled", "false");
        settings.put("changeover.serving.time-limit", "5m"); // no machine is so slow
        settings.put("changeover.health.interval", "50ms");
        settings.put("changeover.health.patience", "1s");
        settings.put("changeover.revision", "0123abc");
        settings.put("orders.traffic.enabled", "false");
        settings.put("management.tracing.sampling.probability", "0");
        settings.put("management.opentelemetry.tracing.export.schedule-delay", "20ms");
        settings.put("logging.level.root", "INFO");
        application = new SpringApplicationBuilder(ChangeoverApplication.class)
                .sources(Kept.class)
                .properties(settings)
                .run();
        log = new KeptLog();
        port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
        Operations operations = application.getBean(Operations.class);
        TestNode.await(
                () -> Integer.valueOf(1).equals(operations.view("order-board").serving()));
        operations.declare("order-board", 2, Request.by("ann"));
        operations.startBackfill("order-board", Request.by("ann"));
        TestNode.await(() -> operations.changeover("order-board").phase().equals("catching-up"));
    }

    @AfterAll
    void stop() throws IOException {
        log.close();
        proxy.mend();
        application.close();
        proxy.close();
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

    private HttpResponse<String> asViewer(String path) {
        return send("GET", path, "", "Authorization", "Bearer " + TOKEN);
    }

    private JsonNode tree(HttpResponse<String> response) {
        return json.readTree(response.body());
    }

    @Test
    @Order(1)
    void one_trace_leads_from_a_command_through_the_append_to_each_versions_write_and_to_the_read() throws IOException {
        KeptSpans spans = application.getBean(KeptSpans.class);
        HttpResponse<String> placed = send("POST", "/orders", ORDER, "traceparent", SAMPLED);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        String id = tree(placed).path("orderId").asString();
        String position = placed.headers().firstValue("X-Changeover-Position").orElseThrow();
        HttpResponse<String> read = send(
                "GET",
                "/orders/" + id,
                "",
                "traceparent",
                SAMPLED,
                "X-Changeover-Position",
                position,
                "X-Changeover-Wait",
                "30000");
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        TestNode.await(() -> spans.count(TRACE, "write ") == WRITES
                && spans.find(TRACE, "http get /orders/{orderId}").isPresent());

        SpanData command = spans.find(TRACE, "http post /orders").orElseThrow();
        SpanData append = spans.find(TRACE, "append").orElseThrow();
        assertThat(command.getParentSpanId()).isEqualTo(CALLER);
        assertThat(append.getParentSpanId()).isEqualTo(command.getSpanId());
        for (String version : List.of("order-board@1", "order-board@2")) {
            assertThat(spans.find(TRACE, "write " + version).orElseThrow().getParentSpanId())
                    .isEqualTo(append.getSpanId());
        }
        SpanData answer = spans.find(TRACE, "http get /orders/{orderId}").orElseThrow();
        assertThat(answer.getParentSpanId()).isEqualTo(CALLER);
        assertThat(spans.find(TRACE, "read order-board").orElseThrow().getParentSpanId())
                .isEqualTo(answer.getSpanId());
        assertThat(spans.of(TRACE)).as("no key, payload or person").allSatisfy(span -> assertThat(
                        span.getAttributes().toString() + span.getEvents())
                .doesNotContain("Plantedname", "Ada", "10678"));

        String tree = new SpanTree(spans.of(TRACE)).below(CALLER);
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        if (Boolean.getBoolean("changeover.renew-documents")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + tree + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as(
                            "docs/tracing.md; when the change is wanted, run this test with -Dchangeover.renew-documents=true and commit the file")
                    .isEqualTo(tree);
        }
    }

    @Test
    @Order(2)
    void what_is_not_sampled_leaves_no_span_and_nothing_in_events() {
        KeptSpans spans = application.getBean(KeptSpans.class);
        String unsampled = TRACE.replace('0', '1');
        assertThat(send("POST", "/orders", ORDER, "traceparent", "00-" + unsampled + "-" + CALLER + "-00")
                        .statusCode())
                .isEqualTo(201);
        assertThat(database.value(
                        "select convert_from(meta_data, 'UTF8') like '%%%s%%' from domain_event_entry order by global_index desc limit 1"
                                .formatted(unsampled)))
                .isEqualTo("f");
        assertThat(spans.of(unsampled)).isEmpty();
    }

    @Test
    @Order(3)
    void a_node_that_serves_all_views_is_ready_and_tells_viewers_by_which_versions() {
        TestNode.await(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 200);
        assertThat(send("GET", "/actuator/health/readiness", "").body()).isEqualTo("{\"status\":\"UP\"}");
        JsonNode told = tree(asViewer("/actuator/health/readiness"));
        assertThat(told.at("/components/changeover/components/order-board/details/serving/0")
                        .asString())
                .isEqualTo("order-board@1");
        assertThat(told.at("/components/changeover/components").propertyNames())
                .containsExactlyInAnyOrder("customer-account", "order-board", "sales-fact");
    }

    @Test
    @Order(4)
    void changeovers_releases_and_domains_are_told_to_viewers_only() {
        assertThat(send("GET", "/actuator/changeovers", "").statusCode()).isEqualTo(401);
        JsonNode all = tree(asViewer("/actuator/changeovers"));
        assertThat(all.path("views")).hasSize(3);
        JsonNode one = tree(asViewer("/actuator/changeovers/order-board"));
        assertThat(one.path("serving").asInt()).isEqualTo(1);
        assertThat(one.at("/changeover/to").asInt()).isEqualTo(2);
        assertThat(one.at("/versions/1/version").asString()).isEqualTo("order-board@2");
        assertThat(asViewer("/actuator/changeovers/no-such-view").statusCode()).isEqualTo(404);
        JsonNode info = tree(asViewer("/actuator/info"));
        assertThat(info.at("/changeover/revision").asString()).isEqualTo("0123abc");
        assertThat(info.at("/changeover/domains/0/name").asString()).isEqualTo("orders");
        assertThat(info.toString()).doesNotContain(System.getProperty("user.home") + "/", "/target/");
    }

    @Test
    @Order(5)
    void a_bad_request_with_a_password_in_it_leaves_none_in_the_log() {
        String body = "{\"view\": \"order-board\", \"to\": \"planted-secret\", \"password\": \"planted-secret\"}";
        assertThat(send("POST", "/api/changeovers", body, "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(
                                "POST",
                                "/api/changeovers",
                                "{\"password\": \"planted-secret\"",
                                "Authorization",
                                "Bearer planted-secret")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/orders", "{\"password\": \"planted-secret\"").statusCode())
                .isEqualTo(400);
        assertThat(send(
                                "POST",
                                "/console/sign-in",
                                "username=ann&password=planted-secret",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .statusCode())
                .isGreaterThanOrEqualTo(300);
        assertThat(log.text()).doesNotContain("planted-secret", "Plantedname", TOKEN);
    }

    @Test
    @Order(5)
    void a_row_that_the_database_refuses_is_not_in_what_it_says() {
        database.run("create table public.guest (name text not null, age int not null)");
        JdbcTemplate rows = new JdbcTemplate(application.getBean(DataSource.class));
        assertThatThrownBy(() -> rows.update("insert into public.guest (name) values ('Plantedname')"))
                .rootCause()
                .hasMessageContaining("violates not-null constraint")
                .hasMessageNotContaining("Plantedname");
    }

    @Test
    @Order(6)
    void a_view_that_cannot_be_served_takes_the_node_out_of_the_way_of_readers_but_not_for_ill() {
        String row = " changeover.view_version %s where view = 'order-board' and version = 1";
        String state = database.value("select state from" + row.formatted(""));
        database.run("update" + row.formatted("set state = 'BACKFILLING'"));
        TestNode.await(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 503);
        assertThat(send("GET", "/actuator/health/readiness", "").body()).isEqualTo("{\"status\":\"NOT_READY\"}");
        assertThat(send("GET", "/actuator/health", "").body()).contains("\"status\":\"UP\"");
        assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
        assertThat(tree(asViewer("/actuator/health/readiness"))
                        .at("/components/changeover/components/order-board/details/reason")
                        .asString())
                .startsWith("Version 'order-board@1' serves but is backfilling; build it");
        database.run("update" + row.formatted("set state = '%s'".formatted(state)));
        TestNode.await(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 200);
    }

    @Test
    @Order(7)
    void a_database_that_is_cut_off_makes_the_node_not_ready_at_once_but_leaves_it_alive() {
        proxy.cut();
        TestNode.await(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 503);
        assertThat(send("GET", "/actuator/health/liveness", "").body()).isEqualTo("{\"status\":\"UP\"}");
        TestNode.await(
                () -> tree(asViewer("/actuator/health"))
                        .at("/components/changeover/components/order-board/details/reason")
                        .asString()
                        .equals(
                                "Nothing is known of view 'order-board' for longer than 1 s, because the database does not answer; make it reachable"));
        assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(503);
        proxy.mend();
        TestNode.await(() -> send("GET", "/actuator/health/readiness", "").statusCode() == 200);
    }

    @Test
    @Order(8)
    void what_is_logged_are_records_that_say_which_view_and_version_they_are_about() {
        try (LogFields fields = LogFields.of(new VersionId("order-board", 1), new VersionId("order-board", 2))) {
            fields.upTo(7);
            LoggerFactory.getLogger(getClass()).info("looked at");
        }
        List<JsonNode> records = log.records().lines().map(json::readTree).toList();
        assertThat(records)
                .allSatisfy(each -> assertThat(each.propertyNames()).contains("@timestamp", "log", "message", "ecs"));
        JsonNode record = records.get(records.size() - 1);
        assertThat(record.path("message").asString()).isEqualTo("looked at");
        assertThat(record.path("changeover").asString()).isEqualTo("order-board:1-2");
        assertThat(record.path("position").asString()).isEqualTo("7");
        assertThat(log.records()).doesNotContain("Plantedname", "planted-secret", TOKEN);
    }
}
