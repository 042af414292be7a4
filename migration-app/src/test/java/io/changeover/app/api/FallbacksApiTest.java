package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryFallbackOperations;
import io.changeover.operation.FallbackOperations;
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

@WebMvcTest(controllers = FallbacksController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(FallbacksApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbacksApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        FallbackOperations fallbackOperations() {
            return new InMemoryFallbackOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String view) {
        return mvc.get()
                .uri("/api/views/%s/fallbacks".formatted(view))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    @Test
    void tells_how_calls_ended_and_what_is_left_of_the_budget() {
        assertThat(get("order-board"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"view": "order-board", "changeover": "c-1", "version": "order-board@2", "fallback": "order-board@1",
                 "guarded": true, "node": "node-a", "breaker": "open", "timeLimit": "PT1S", "workers": 5, "working": 2,
                 "calls": {"answered": 12000, "failed": 20, "timedOut": 3, "busy": 2, "shed": 400,
                           "refusedByBoth": 7, "interrupted": 1},
                 "budget": {"share": 0.001, "calls": 12425, "allowed": 12, "spent": 425, "left": -413,
                            "exceeded": true},
                 "latency": {"answers": 11000, "p50": "PT0.00085S", "p99": "PT0.012S"},
                 "failures": [
                   {"at": "2026-03-10T12:00:00Z", "method": "byId", "outcome": "failed",
                    "kind": "org.springframework.jdbc.BadSqlGrammarException",
                    "cause": "org.postgresql.util.PSQLException", "sqlState": "42P01"},
                   {"at": "2026-03-10T11:59:59Z", "method": "all", "outcome": "timed-out",
                    "kind": "java.util.concurrent.TimeoutException", "cause": null, "sqlState": null}]}
                """);
    }

    @Test
    void a_view_without_a_changeover_is_refused() {
        assertThat(get("alone"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("View 'alone' has had no changeover, so no call could fall back; declare one first");
    }
}
