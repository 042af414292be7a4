package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryEffectOperations;
import io.changeover.operation.EffectOperations;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(controllers = EffectsController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(EffectsApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EffectsApiTest {

    private static final String ADDRESS = "/api/views/order-board/effects";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        EffectOperations effectOperations() {
            return new InMemoryEffectOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult send(HttpMethod method, String address, String body) {
        return mvc.method(method)
                .uri(address)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .header("X-Changeover-Actor", "ada")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void tells_of_a_views_fence_and_effects() {
        assertThat(send(HttpMethod.GET, ADDRESS, "")).hasStatusOk().bodyJson().satisfies(body -> {
            assertThat(body).extractingPath("$.acting").isEqualTo("order-board@2");
            assertThat(body).extractingPath("$.counts.failed").isEqualTo(1);
        });
        assertThat(send(HttpMethod.GET, "/api/views/alone/effects", ""))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"view": "alone", "acting": null, "actingSince": 0, "position": 0, "behind": 0, "movedAt": null,
                         "counts": {"pending": 0, "failed": 0, "done": 0, "skipped": 0, "compensated": 0}, "effects": []}
                        """);
    }

    @Test
    void takes_what_a_person_decides() {
        assertThat(send(HttpMethod.POST, ADDRESS + "/1100/confirmation/retry", ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("pending");
        assertThat(send(HttpMethod.POST, ADDRESS + "/1100/confirmation/skip", "{\"reason\": \"told them\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"position": 1100, "name": "confirmation", "version": "order-board@2", "eventId": "e-1100",
                         "aggregateId": "10100", "key": "order-board/confirmation/e-1100", "state": "skipped",
                         "attempts": 0, "dueAt": "2026-03-10T12:00:00Z", "failure": "MessagingException: no route",
                         "claimedBy": null, "changedAt": "2026-03-10T12:00:00Z", "decidedBy": "ada",
                         "reason": "told them"}
                        """);
    }

    @Test
    void refuses_what_it_does_not_understand() {
        assertThat(send(HttpMethod.POST, ADDRESS + "/1100/confirmation/skip", ""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Field 'reason' is missing but required; send {\"reason\": \"told by telephone\"}");
        assertThat(send(HttpMethod.POST, ADDRESS + "/first/confirmation/retry", ""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("'first' in the address must be the position of an event, a whole number; correct it");
        assertThat(send(HttpMethod.POST, ADDRESS + "/7/confirmation/retry", "{\"why\": \"x\"}"))
                .hasStatus(400);
        assertThat(send(HttpMethod.POST, ADDRESS + "/7/confirmation/retry", ""))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:no-such-effect");
    }

    @Test
    void asks_for_the_token() {
        assertThat(mvc.get().uri(ADDRESS)).hasStatus(401);
        assertThat(mvc.post().uri(ADDRESS + "/1100/confirmation/retry")).hasStatus(401);
        assertThat(mvc.post().uri(ADDRESS + "/1100/confirmation/skip")).hasStatus(401);
    }
}
