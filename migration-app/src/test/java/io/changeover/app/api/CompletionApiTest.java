package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryCompletionOperations;
import io.changeover.app.InMemoryDoctorOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DoctorOperations;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(
        controllers = {CompletionController.class, DoctorController.class},
        properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(CompletionApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompletionApiTest {

    private static final String ADDRESS = "/api/views/order-board/versions/1";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        CompletionOperations completionOperations() {
            return new InMemoryCompletionOperations(new InMemoryOperations());
        }

        @Bean
        DoctorOperations doctorOperations() {
            return new InMemoryDoctorOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    CompletionOperations completion;

    @Autowired
    DoctorOperations doctor;

    InMemoryCompletionOperations ends;

    @BeforeEach
    void begin_anew() {
        ends = (InMemoryCompletionOperations) completion;
        ends.requests.clear();
        ends.stage = "held";
    }

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
    void tells_how_far_versions_are_on_their_way_out() {
        assertThat(send(HttpMethod.POST, ADDRESS + "/purge", "{\"reason\": \"unread\"}"))
                .hasStatusOk();
        assertThat(send(HttpMethod.GET, "/api/views/order-board/disposals", ""))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        [{"version": "order-board@1", "stage": "purged", "since": "2027-02-01T10:00:00Z", "changeover": "c1",
                          "nextFrom": "2027-02-08T10:00:00Z", "automatic": false,
                          "keptTable": "views.order_board_v1_purged_c1", "unfinished": null}]
                        """);
        assertThat(ends.requests).containsExactly("purge order-board@1 ada unread");
    }

    @Test
    void drops_only_what_is_named_once_more() {
        assertThat(send(HttpMethod.POST, ADDRESS + "/drop", "{\"confirm\": \"order-board@2\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'confirm' is 'order-board@2' but must name 'order-board@1', which would be gone for good; correct one of them");
        assertThat(send(HttpMethod.POST, ADDRESS + "/drop", "{}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'confirm' is missing but required; send {\"confirm\": \"order-board@1\", \"reason\": \"nobody has missed it\"}");
        assertThat(ends.requests).isEmpty();
        assertThat(send(HttpMethod.POST, ADDRESS + "/drop", "{\"confirm\": \"order-board@1\"}"))
                .hasStatusOk();
        assertThat(ends.requests).containsExactly("drop order-board@1 ada ");
    }

    @Test
    void the_doctor_looks_by_get_and_mends_by_post() {
        InMemoryDoctorOperations findings = (InMemoryDoctorOperations) doctor;
        assertThat(send(HttpMethod.GET, "/api/doctor", ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.findings[0].done")
                .isNull();
        assertThat(findings.requests).isEmpty();
        assertThat(send(HttpMethod.POST, "/api/doctor", "{\"reason\": \"after the crash\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.findings[0].done")
                .isEqualTo("the token was removed");
        assertThat(findings.requests).containsExactly("ada after the crash");
    }
}
