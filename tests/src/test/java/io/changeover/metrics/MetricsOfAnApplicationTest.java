package io.changeover.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.console.ConsoleServer;
import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.plan.Limits;
import io.changeover.plan.Plan;
import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import io.changeover.publish.Topic;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.ReaderIdentity;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.upcast.Revision;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A changeover of the example, far enough on its way that there is every meter. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsOfAnApplicationTest {

    private static final Request ANN = Request.by("ann");
    private static final Limits LAX = new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 1, 0, 1_000, 0, true);

    @TempDir
    private static Path folder;

    private static final TestDatabase DATABASE = TestDatabase.empty();
    private static ConsoleServer server;
    private static PrometheusMeterRegistry registry;

    /** A topic, so that there are its meters. */
    @Configuration(proxyBeanMethods = false)
    static class Published {

        @Bean
        Topic ordersV1() {
            return Topic.of("orders.v1", Revision.of("order.placed", 2));
        }
    }

    @BeforeAll
    static void carry_a_changeover_half_way() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("changeover.meters.interval", "2s");
        settings.put("changeover.autopilot.interval", "50ms");
        settings.put("changeover.autopilot.verify-again", "100ms");
        settings.put("changeover.consumers.interval", "50ms");
        settings.put("changeover.serving.time-limit", "5m");
        settings.put("changeover.serving.shadow-share", "1");
        settings.put("changeover.effects.attempts", "1");
        settings.put("changeover.effects.interval", "50ms");
        settings.put("orders.confirmations.enabled", "true");
        settings.put("orders.confirmations.host", "127.0.0.1");
        settings.put("orders.confirmations.port", "1"); // nobody takes mail there, so the effect fails
        settings.put("spring.datasource.hikari.connection-timeout", "5000"); // not to wait long for what is away
        settings.put("changeover.publish.enabled", "false"); // there is no broker here
        server = ConsoleServer.start(DATABASE, folder, settings, Published.class);
        DATABASE.run("insert into changeover.topic (name, failure) values ('orders.v1', 'the brokers do not answer')");
        DATABASE.run("insert into changeover.mirror (topic, begun_at) values ('stock.v1', now())");
        DATABASE.run(
                "insert into changeover.mirror_partition (topic, partition, next_offset, behind) values ('stock.v1', 0, 5, 3), ('stock.v1', 1, 5, 4)");
        registry = server.get(PrometheusMeterRegistry.class);
        DATABASE.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('order-1', 0, 'Order', 'placed-1', '{}', convert_to('{"orderId":"1","customerId":"103",
                    "customerName":"Atelier","contact":{"givenName":"Carine","familyName":"Schmitt"},
                    "orderDate":"2027-01-04","requiredDate":"2027-01-10","currency":"USD","comment":null}', 'UTF8'), '2',
                    'order.placed', '2027-01-04T00:00:00Z')""");
        server.get(Operations.class).declare("order-board", 2, ANN);
        server.get(PlanOperations.class)
                .adopt(
                        "order-board",
                        new Plan(
                                "half way",
                                "order-board",
                                2,
                                Duration.ZERO,
                                List.of(new Step(50, Duration.ZERO, null), new Step(100, Duration.ZERO, "approver")),
                                Duration.ZERO,
                                LAX,
                                List.of(),
                                Breach.HOLD,
                                Map.of(),
                                List.of(),
                                Completion.DEFAULT),
                        ANN);
        TestNode.await(
                () -> server.get(Operations.class).changeover("order-board").percent() == 50);
    }

    @AfterAll
    static void stop() {
        server.close();
        DATABASE.close();
    }

    private static void read() {
        OrderBoard board = server.get(OrderBoard.class);
        for (int reader = 0; reader < 100; reader++) {
            ReaderContext.callAs(
                    Reader.of("reader-" + reader).countedAs(new ReaderIdentity("somebody", "")), () -> board.byId("1"));
        }
    }

    private static Set<String> names(List<MetricsTable.Line> lines) {
        return lines.stream().map(MetricsTable.Line::name).collect(Collectors.toSet());
    }

    private static String value(String series) {
        return scrape().lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElse("none");
    }

    /** Meters of the store are as old as the last reading. */
    private static void awaitValue(String series, String value) {
        TestNode.await(() -> value(series).equals(value));
    }

    private static Set<String> scraped() {
        return scrape().lines()
                .filter(line -> line.startsWith("changeover_"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
    }

    private static String scrape() {
        return get("Bearer " + ConsoleServer.TOKEN).body();
    }

    private static HttpResponse<String> get(String authorization) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.address("/actuator/prometheus")))
                                    .header("Authorization", authorization)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_table_lists_every_meter_that_there_is_and_no_other() throws java.io.IOException {
        boolean renew = Boolean.getBoolean("changeover.renew-documents");
        Set<String> late = Set.of(
                "changeover.reads",
                "changeover.consumers",
                "changeover.consumers.undeclared",
                "changeover.read.latency",
                "changeover.shadow.reads",
                "changeover.shadow.latency",
                "changeover.effects.failed",
                "changeover.autopilot.claim",
                "changeover.parity.verdict");
        List<MetricsTable.Line> lines = new ArrayList<>();
        TestNode.await(() -> {
            read();
            lines.clear();
            lines.addAll(MetricsTable.of(registry));
            return names(lines).containsAll(late);
        });
        String now = MetricsTable.document(lines);
        if (renew) {
            Files.writeString(MetricsTable.DOCUMENT, now);
        }
        assertThat(now)
                .as(
                        "docs/metrics.md; when the change is wanted, run this test with -Dchangeover.renew-documents=true and commit the file")
                .isEqualTo(Files.readString(MetricsTable.DOCUMENT));
        Set<String> series =
                MetricsTable.read().stream().flatMap(MetricsTable.Line::series).collect(Collectors.toSet());
        assertThat(scraped()).isSubsetOf(series);
        TestNode.await(() -> scraped().containsAll(series));
    }

    @Test
    void meters_of_the_store_say_what_it_says() {
        awaitValue("changeover_effects_failed_effects{view=\"order-board\"}", "1.0");
        awaitValue("changeover_topic_failing{topic=\"orders.v1\"}", "1.0");
        awaitValue("changeover_mirror_failing{topic=\"stock.v1\"}", "0.0");
        awaitValue("changeover_mirror_lag_events{topic=\"stock.v1\"}", "7.0");
        assertThat(Double.parseDouble(value("changeover_topic_lag_events{topic=\"orders.v1\"}")))
                .isPositive();
        awaitValue("changeover_phase{phase=\"shifting\",view=\"order-board\"}", "1.0");
        awaitValue("changeover_serving_percent{version=\"1\",view=\"order-board\"}", "50.0");
        awaitValue("changeover_autopilot_claim{view=\"order-board\"}", "1.0");
        awaitValue("changeover_parity_verdict{verdict=\"equal\",view=\"order-board\"}", "1.0");
        awaitValue("changeover_projection_state{state=\"live\",version=\"2\",view=\"order-board\"}", "1.0");
        awaitValue("changeover_projection_lag_events{version=\"2\",view=\"order-board\"}", "0.0");
        awaitValue("changeover_projection_delay_seconds{version=\"2\",view=\"order-board\"}", "0.0");
        awaitValue("changeover_projection_written_rows_total{version=\"2\",view=\"order-board\"}", "1.0");
        assertThat(Double.parseDouble(
                        value("changeover_phase_duration_seconds{phase=\"backfilling\",view=\"order-board\"}")))
                .isPositive();
        assertThat(Double.parseDouble(value("changeover_append_latency_seconds_count")))
                .isGreaterThanOrEqualTo(5);
    }

    @Test
    void while_the_database_is_away_a_scrape_answers_without_what_the_store_says() {
        String lag = "changeover_projection_lag_events{version=\"2\",view=\"order-board\"}";
        awaitValue(lag, "0.0");
        String name = DATABASE.value("select current_database()");
        try (TestDatabase other = TestDatabase.empty()) {
            other.run(
                    "alter database %s with allow_connections false".formatted(name),
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
            try {
                TestNode.await(() -> Set.of("none", "NaN").contains(value(lag)));
                awaitValue("changeover_phase{phase=\"shifting\",view=\"order-board\"}", "1.0");
                assertThat(Double.parseDouble(value("changeover_meters_age_seconds")))
                        .isPositive();
            } finally {
                other.run("alter database %s with allow_connections true".formatted(name));
            }
        }
        awaitValue(lag, "0.0");
    }

    @Test
    void nobody_reads_meters_without_a_proof() {
        assertThat(get("Bearer of-nothing").statusCode()).isEqualTo(401);
    }
}
