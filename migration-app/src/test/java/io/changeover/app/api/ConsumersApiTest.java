package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryConsumerOperations;
import io.changeover.consumer.BoundedConsumerNames;
import io.changeover.consumer.Consumer;
import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.consumer.ConsumerToken;
import io.changeover.event.EventType;
import io.changeover.operation.ConsumerOperations;
import io.changeover.serving.ConsumerNames;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.Versions;
import io.changeover.view.View;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@WebMvcTest(
        controllers = {ConsumersController.class, ConsumersApiTest.Reading.class},
        properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ConsumersApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumersApiTest {

    private static final String SHOP = "the token of the web shop, which is long enough";

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    record Row(@Key String id) {}

    @View(name = "order-board", version = 1)
    static class Board {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    /** What a team's own controller would see. */
    @RestController
    static class Reading {

        private final ObjectProvider<ConsumerNames> names; // applications of other tests find this class too

        Reading(ObjectProvider<ConsumerNames> names) {
            this.names = names;
        }

        @GetMapping("/whoami")
        String name(HttpServletRequest request) {
            Principal principal = request.getUserPrincipal();
            return "%s, %s, counted as %s"
                    .formatted(
                            principal == null ? "nobody" : principal.getName(),
                            request.isUserInRole("CONSUMER") ? "consumer" : "no consumer",
                            names.getObject().of(principal == null ? null : principal.getName()));
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    @Import(Reading.class)
    static class Wiring {

        @Bean
        ConsumerOperations consumerOperations() {
            return new InMemoryConsumerOperations();
        }

        @Bean
        ConsumerNames names(ConsumerCatalogue catalogue) {
            return new BoundedConsumerNames(catalogue);
        }

        @Bean
        ConsumerCatalogue catalogue() {
            return ConsumerCatalogue.of(
                    List.of(new Consumer(
                            "web-shop",
                            "sales",
                            "",
                            List.of("order-board"),
                            List.of(),
                            null,
                            false,
                            new ConsumerToken(SHOP).hash())),
                    Versions.of(List.of(FoldedVersion.of(new Board()))));
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String path, String token) {
        return mvc.get().uri(path).header("Authorization", "Bearer " + token).exchange();
    }

    @Test
    void tells_who_reads_what() {
        assertThat(get("/api/consumers?view=order-board", ApiTest.TOKEN))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"name": "tax", "declared": true, "owner": "books", "contact": "", "views": ["order-board"],
                  "apiVersions": [], "freshness": null, "readYourWrites": false, "authenticates": false,
                  "lastSeen": null, "reads": []},
                 {"name": "web-shop", "declared": true, "owner": "sales", "contact": "sales@shop.example",
                  "views": ["order-board"], "apiVersions": ["1", "2"], "freshness": "PT30S", "readYourWrites": true,
                  "authenticates": true, "lastSeen": "2026-03-10T12:00:00Z", "reads": [
                    {"version": "customer-account@1", "apiVersion": "", "declared": false, "callsToday": 0,
                     "callsInWeek": 7, "lastSeen": "2026-03-09T12:00:00Z"},
                    {"version": "order-board@2", "apiVersion": "2", "declared": true, "callsToday": 1200,
                     "callsInWeek": 24000, "lastSeen": "2026-03-10T12:00:00Z"}]},
                 {"name": "anonymous", "declared": false, "owner": "", "contact": "", "views": [], "apiVersions": [],
                  "freshness": null, "readYourWrites": false, "authenticates": false,
                  "lastSeen": "2026-03-10T12:00:00Z", "reads": [
                    {"version": "order-board@1", "apiVersion": "", "declared": false, "callsToday": 3,
                     "callsInWeek": 3, "lastSeen": "2026-03-10T12:00:00Z"}]}]
                """);
    }

    @Test
    void tells_the_days_of_one() {
        assertThat(get("/api/consumers/anonymous", ApiTest.TOKEN))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.days")
                .isEqualTo(List.of(Map.of(
                        "day", "2026-03-10",
                        "view", "order-board",
                        "version", 2,
                        "apiVersion", "",
                        "reason", "serving",
                        "calls", 1200,
                        "lastSeen", "2026-03-10T12:00:00Z")));
        assertThat(get("/api/consumers/nobody", ApiTest.TOKEN))
                .hasStatus(404)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:unknown-consumer", "title": "Unknown consumer", "status": 404,
                 "detail": "There is no consumer 'nobody'", "instance": "/api/consumers/nobody"}
                """);
    }

    @Test
    void a_declared_consumer_reads_under_its_name_and_others_under_none() {
        assertThat(get("/whoami", SHOP)).hasStatusOk().hasBodyTextEqualTo("web-shop, consumer, counted as web-shop");
        String nobody = "nobody, no consumer, counted as anonymous";
        assertThat(get("/whoami", "another token")).hasStatusOk().hasBodyTextEqualTo(nobody);
        assertThat(mvc.get().uri("/whoami")).hasStatusOk().hasBodyTextEqualTo(nobody);
        assertThat(get("/whoami", ApiTest.TOKEN))
                .hasStatusOk()
                .hasBodyTextEqualTo("operator, no consumer, counted as operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/consumers", "/api/anything-else", "/api", "/actuator/metrics", "/actuator"})
    void the_token_of_a_consumer_opens_nothing_of_an_operator(String path) {
        assertThat(get(path, SHOP))
                .hasStatus(403)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:not-permitted", "title": "Not permitted", "status": 403,
                 "detail": "Consumer 'web-shop' may read views, and only an operator may ask this; send the API token instead of the consumer's",
                 "instance": "%s"}
                """
                                .formatted(path));
    }
}
