package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRouteOperations;
import io.changeover.operation.RouteOperations;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(controllers = RoutesController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(RoutesApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoutesApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        RouteOperations routeOperations() {
            return new InMemoryRouteOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    RouteOperations operations;

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri(path)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri(path)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void says_which_version_answers_whom() {
        assertThat(get("/api/views/order-board/route?reader=ann&principal=ann.smith"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"view": "order-board", "version": "order-board@2", "reason": "cohort",
                 "why": "order-board@2 answers, because cohort 1448 is among the 2500 of 10000 cohorts that order-board@2 serves at 25 %",
                 "cohort": 1448, "percent": 25, "pins": {"tenant 'acme'": 1}, "configured": null,
                 "fallback": "order-board@1", "shadow": "order-board@1", "sequence": 7,
                 "acknowledgedBy": ["node-1"], "awaiting": ["node-2"]}
                """);
        assertThat(((InMemoryRouteOperations) operations).requests).contains("route order-board ann null ann.smith");
        assertThat(get("/api/views/other/route")).hasStatus(409);
    }

    @Test
    void pins_exactly_one_tenant_or_principal() {
        assertThat(post(
                        "/api/changeovers/order-board/pin",
                        "{\"tenant\": \"acme\", \"version\": 2, \"reason\": \"r\"}"))
                .hasStatusOk();
        assertThat(post("/api/changeovers/order-board/unpin", "{\"principal\": \"ann\"}"))
                .hasStatusOk();
        assertThat(((InMemoryRouteOperations) operations).requests)
                .contains("pin order-board tenant 'acme' 2 api r", "unpin order-board principal 'ann' api ");

        assertThat(post("/api/changeovers/order-board/pin", "{\"version\": 2}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Exactly one of 'tenant' and 'principal' must say who is pinned; send {\"tenant\": \"acme\", \"version\": 2, \"reason\": \"first customer\"}");
        assertThat(post(
                        "/api/changeovers/order-board/pin",
                        "{\"tenant\": \"a\", \"principal\": \"b\", \"version\": 2}"))
                .hasStatus(400);
    }

    @Test
    void tells_the_nodes_and_what_they_route_by() {
        assertThat(get("/api/nodes"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[0].views[0]")
                .isEqualTo(Map.of(
                        "view",
                        "order-board",
                        "sequence",
                        7,
                        "position",
                        4711,
                        "latest",
                        true,
                        "at",
                        "2026-03-10T12:00:00Z"));
    }
}
