package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryAuditOperations;
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

@WebMvcTest(controllers = AuditController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(AuditApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        InMemoryAuditOperations auditOperations() {
            return new InMemoryAuditOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String query) {
        return mvc.get()
                .uri("/api/audit" + query)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    @Test
    void tells_who_did_what_and_what_the_gates_saw() {
        assertThat(get("?limit=1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"entries": [
                   {"at": "2026-03-10T12:00:00Z", "source": "changeover", "number": 1003, "view": "order-board",
                    "actor": "ann", "action": "reads-shifted", "subject": "order-board",
                    "text": "10 % of readers on the new version, 0 % before", "reason": "<b>first step</b>",
                    "gates": [{"gate": "lag", "verdict": "pass", "measured": "2", "required": "at most 100", "reason": ""}],
                    "evidence": null}],
                 "next": "1773144000000000-changeover-1003"}
                """);
    }

    @Test
    void goes_on_where_another_page_ended() {
        assertThat(get("?limit=1&before=1773144000000000-changeover-1003"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.entries[*].actor")
                .asArray()
                .containsExactly("bob");
        assertThat(get("?view=order-board&actor=ann&since=2026-03-10T12:00:00Z"))
                .bodyJson()
                .extractingPath("$.next")
                .isNull();
    }

    @Test
    void says_what_cannot_be_asked() {
        assertThat(get("?since=yesterday"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Parameter 'since' is 'yesterday' but must be a time in UTC such as '2027-03-01T00:00:00Z'; correct it");
        assertThat(get("?since=%2B1000000000-12-31T23:59:59Z")).hasStatus(400);
        assertThat(get("?before=7"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Parameter 'before' is '7' but must be what 'next' of another page says; leave it out to begin with the latest");
        assertThat(get("?before=999999999999999999-changeover-1")).hasStatus(400);
        assertThat(get("?limit=201")).hasStatus(400);
        assertThat(get("?view=nothing")).hasStatus(404);
    }
}
