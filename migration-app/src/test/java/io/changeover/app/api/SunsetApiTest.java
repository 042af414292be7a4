package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemorySunsetOperations;
import io.changeover.operation.SunsetOperations;
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

@WebMvcTest(controllers = SunsetController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(SunsetApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SunsetApiTest {

    private static final String ADDRESS = "/api/views/order-board/versions/1/sunset";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        SunsetOperations sunsetOperations() {
            return new InMemorySunsetOperations();
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
    void settles_tells_and_withdraws_an_end() {
        assertThat(send(
                        HttpMethod.POST,
                        ADDRESS,
                        "{\"at\": \"2027-03-01T00:00:00Z\", \"link\": \"https://example.org/moving\"}"))
                .hasStatusOk();
        String settled =
                """
                {"version": "order-board@1", "deprecatedAt": "2027-02-01T10:00:00Z",
                 "sunsetAt": "2027-03-01T00:00:00Z", "ended": false, "link": "https://example.org/moving",
                 "successor": "order-board@2"}
                """;
        assertThat(send(HttpMethod.GET, ADDRESS, "")).hasStatusOk().bodyJson().isStrictlyEqualTo(settled);
        assertThat(send(HttpMethod.GET, "/api/views/order-board/sunsets", ""))
                .bodyJson()
                .isStrictlyEqualTo("[" + settled + "]");
        assertThat(send(HttpMethod.DELETE, ADDRESS, "{\"reason\": \"too soon\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.sunsetAt")
                .isNull();
    }

    @Test
    void refuses_what_it_does_not_understand() {
        assertThat(send(HttpMethod.POST, ADDRESS, "{\"at\": 5}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'at' is 5 but must be a time in UTC such as '2027-03-01T00:00:00Z'; send {\"at\": \"2027-03-01T00:00:00Z\", \"link\": \"https://example.org/moving\", \"reason\": \"announced\"}");
        assertThat(send(HttpMethod.DELETE, ADDRESS, "{\"why\": \"x\"}")).hasStatus(400);
        assertThat(send(HttpMethod.GET, "/api/views/order-board/versions/2/sunset", ""))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:not-superseded");
    }

    @Test
    void asks_for_the_token() {
        assertThat(mvc.get().uri(ADDRESS)).hasStatus(401);
        assertThat(mvc.post().uri(ADDRESS)).hasStatus(401);
        assertThat(mvc.delete().uri(ADDRESS)).hasStatus(401);
    }
}
