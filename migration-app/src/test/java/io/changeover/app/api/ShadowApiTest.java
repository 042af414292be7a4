package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryShadowOperations;
import io.changeover.operation.ShadowOperations;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(controllers = ShadowController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ShadowApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        ShadowOperations shadowOperations() {
            return new InMemoryShadowOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String view) {
        return mvc.get()
                .uri("/api/views/%s/shadow".formatted(view))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    @Test
    void tells_what_shadow_reads_have_found() {
        assertThat(get("order-board"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                {"view": "order-board", "changeover": "c-1", "older": "order-board@1", "newer": "order-board@2",
                 "samples": 1204, "same": 1200, "different": 2, "noise": 1, "inFlight": 1,
                 "kinds": {"error": 1, "field:status": 1}, "dropped": {"queue": 3}, "notComparable": 4, "looks": 120,
                 "latency": [
                   {"method": "byId(String)", "version": 1, "calls": 1207, "p50Micros": 400, "p95Micros": 900,
                    "p99Micros": 12000},
                   {"version": 2, "p99Micros": 1500}],
                 "differences": [
                   {"method": "byId(String)", "serving": 1, "shadow": 2, "kinds": ["field:status"],
                    "arguments": ["10100"],
                    "older": {"items": 1, "differing": [{"orderId": "10100", "status": "OPEN"}]},
                    "newer": {"items": 1, "differing": [{"orderId": "10100", "status": "SHIPPED"}]},
                    "failure": null, "oldPosition": 4711, "newPosition": 4711, "node": "node-1",
                    "at": "2026-03-10T12:00:00Z"},
                   {"kinds": ["error"], "arguments": ["masked:1f3a77c0"], "newer": null,
                    "failure": "IllegalStateException"}]}
                """);
        assertThat(get("alone"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"view\": \"alone\", \"changeover\": null, \"samples\": 0, \"differenceRate\": null}");
    }
}
