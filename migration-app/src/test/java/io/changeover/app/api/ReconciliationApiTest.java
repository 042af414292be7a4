package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryReconciliationOperations;
import io.changeover.operation.ReconciliationOperations;
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

@WebMvcTest(controllers = ReconciliationController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ReconciliationApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        ReconciliationOperations reconciliationOperations() {
            return new InMemoryReconciliationOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String view) {
        return mvc.get()
                .uri("/api/views/%s/drift".formatted(view))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    private MvcTestResult post(String view, String body) {
        return mvc.post()
                .uri("/api/views/%s/reconcile".formatted(view))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void tells_what_differs() {
        assertThat(get("order-board"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"view": "order-board", "left": "order-board@1", "right": "order-board@2", "state": "following",
                  "why": null, "position": 1000, "behind": 5, "comparedAt": "2026-03-10T12:00:00Z",
                  "fullAt": "2026-03-10T11:00:00Z", "fullVerdict": "different", "rowsCompared": 1326, "rows": 3,
                  "waiting": 0, "alert": true, "workedOnBy": null,
                  "listed": [
                    {"kind": "different", "home": "10100", "key": ["10100"], "fields": ["status"],
                     "left": {"orderId": "10100", "status": "OPEN"},
                     "right": {"orderId": "10100", "status": "SHIPPED"},
                     "since": "2026-03-10T12:00:00Z", "seen": "2026-03-10T12:00:00Z"},
                    {"kind": "missing", "home": "10101", "key": ["10101"], "fields": [],
                     "left": {"orderId": "10101", "status": "OPEN"}, "right": null,
                     "since": "2026-03-10T12:00:00Z", "seen": "2026-03-10T12:00:00Z"}]}]
                """);
        assertThat(get("alone")).hasStatusOk().bodyJson().isStrictlyEqualTo("[]");
    }

    @Test
    void compares_now_with_or_without_a_body() {
        assertThat(post("order-board", "{\"all\": true, \"reason\": \"after the repair\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[0].rows")
                .isEqualTo(3);
        assertThat(post("clean", "{}")).hasStatusOk();
    }

    @Test
    void a_rule_that_does_not_hold_is_a_conflict_and_an_unknown_field_a_bad_request() {
        assertThat(post("alone", "{}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("View 'alone' has no two versions that live");
        assertThat(post("clean", "{\"full\": true}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'full' is not known here; the fields are all, reason; send {\"all\": true, \"reason\": \"after the repair\"}");
    }
}
