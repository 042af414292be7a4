package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryPlanOperations;
import io.changeover.changeover.GateReading;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(
        controllers = {PlansController.class, ChangeoversController.class},
        properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(PlansApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlansApiTest {

    private static final String ADDRESS = "/api/changeovers/order-board";
    private static final String PLAN = "name: careful\\nsteps: [{percent: 25, approval: approver}, {percent: 100}]";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        InMemoryOperations operations() {
            return new InMemoryOperations();
        }

        @Bean
        InMemoryPlanOperations planOperations(InMemoryOperations operations) {
            return new InMemoryPlanOperations(operations);
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Operations operations;

    @Autowired
    PlanOperations plans;

    InMemoryOperations memory;
    InMemoryPlanOperations memoryOfPlans;

    @BeforeEach
    void begin_anew() {
        memory = (InMemoryOperations) operations;
        memoryOfPlans = (InMemoryPlanOperations) plans;
        memory.reset();
        memoryOfPlans.reset();
    }

    private MvcTestResult get(String address) {
        return mvc.get()
                .uri(address)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    private MvcTestResult post(String address, String body) {
        return post(address, body, "k-1");
    }

    private MvcTestResult post(String address, String body, String key) {
        return mvc.post()
                .uri(address)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .header("X-Changeover-Actor", "ada")
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void declares_with_a_plan_shows_it_and_takes_another() {
        assertThat(post(
                        "/api/changeovers",
                        "{\"view\": \"order-board\", \"to\": 2, \"plan\": \"%s\", \"reason\": \"faster\"}"
                                .formatted(PLAN)))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.plan")
                .isEqualTo("careful");
        assertThat(post(ADDRESS + "/plan", "{\"plan\": \"name: bold\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.plan")
                .isEqualTo("bold");
        assertThat(get(ADDRESS + "/plan"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.steps[1]")
                .asMap()
                .containsEntry("name", "25 %")
                .containsEntry("stays", "PT30M")
                .containsEntry("earliest", "2026-03-10T12:00:00Z")
                .containsEntry("waitsFor", "approval of approver");
        assertThat(memoryOfPlans.requests).containsExactly("adopt careful ada faster", "adopt bold ada");
        assertThat(post(ADDRESS + "/plan/preview", "{\"plan\": \"name: bolder\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.adopted")
                .isEqualTo(false);
    }

    @Test
    void a_plan_that_cannot_be_is_refused_with_every_problem_and_nothing_is_declared() {
        assertThat(post(
                        "/api/changeovers",
                        "{\"view\": \"order-board\", \"to\": 2, \"plan\": \"to: two\\nsoak: soon\"}"))
                .hasStatus(400)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:invalid-plan", "title": "Bad request", "status": 400,
                 "detail": "The plan cannot be read: line 1, column 5: to is 'two' but must be a version from 1 to 999999; correct it; line 2, column 7: soak is 'soon' but must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d; correct it",
                 "instance": "/api/changeovers",
                 "problems": [
                   {"line": 1, "column": 5, "text": "to is 'two' but must be a version from 1 to 999999; correct it"},
                   {"line": 2, "column": 7, "text": "soak is 'soon' but must be a duration from 0s to 366d such as 90s, 10m, 24h or 7d; correct it"}]}
                """);
        assertThat(memory.requests).isEmpty();
        assertThat(post(ADDRESS + "/plan", "{\"plan\": 5}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'plan' is 5 but must be a text of 1 to 10000 characters; send {\"plan\": \"steps: ...\", \"reason\": \"...\"}");
    }

    @Test
    void tells_what_the_gates_say() {
        declare();
        memoryOfPlans.gates = List.of(GateReading.hold("errors", "4 calls", "at least 20", "too few; wait"));
        assertThat(get(ADDRESS + "/gates"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"gate": "errors", "verdict": "hold", "measured": "4 calls", "required": "at least 20",
                  "reason": "too few; wait"}]
                """);
    }

    @Test
    void whoever_holds_the_token_approves_and_may_name_the_role() {
        declare();
        assertThat(post(ADDRESS + "/approve", "{\"percent\": 25, \"reason\": \"looked\"}"))
                .hasStatusOk();
        assertThat(post(ADDRESS + "/approve", "{\"percent\": 25, \"role\": \"approver\"}"))
                .hasStatusOk();
        assertThat(post(ADDRESS + "/approve", "{\"percent\": 25, \"role\": \"boss\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:role-missing");
        assertThat(memoryOfPlans.requests)
                .endsWith(
                        "approve 25 [admin, approver, operator, viewer] ada looked",
                        "approve 25 [approver] ada",
                        "approve 25 [] ada");
    }

    @Test
    void pauses_resumes_and_steps_under_the_key_of_each_request() {
        declare();
        assertThat(post(ADDRESS + "/pause", "{\"reason\": \"lunch\"}", "one"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.halted")
                .isEqualTo("paused by ada: lunch");
        assertThat(post(ADDRESS + "/resume", "{}", "two")).hasStatusOk();
        assertThat(post(ADDRESS + "/step", "{}", "three")).hasStatusOk();
        assertThat(memoryOfPlans.requests).endsWith("pause ada lunch", "resume ada", "step ada");
        assertThat(memoryOfPlans.commandIds).endsWith("one", "two", "three");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "caf\u00e9"})
    void a_key_that_cannot_be_one_is_refused(String key) {
        assertThat(post(ADDRESS + "/pause", "{}", key))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "The header 'Idempotency-Key' has %d characters but must have 1 to 200 printable ones of ASCII, not only blanks; send a random one such as a UUID"
                                .formatted(key.length()));
        assertThat(memoryOfPlans.requests).isEmpty();
    }

    @Test
    void a_key_has_at_most_200_characters_and_may_be_left_out() {
        declare();
        assertThat(post(ADDRESS + "/pause", "{}", "k".repeat(201))).hasStatus(400);
        assertThat(post(ADDRESS + "/pause", "{}", "k".repeat(200))).hasStatusOk();
        assertThat(mvc.post()
                        .uri(ADDRESS + "/resume")
                        .header("Authorization", "Bearer " + ApiTest.TOKEN)
                        .exchange())
                .hasStatusOk();
        assertThat(memoryOfPlans.commandIds).endsWith("k".repeat(200), (String) null);
    }

    @Test
    void asks_for_the_token() {
        assertThat(mvc.get().uri(ADDRESS + "/plan")).hasStatus(401);
        assertThat(mvc.get().uri(ADDRESS + "/gates")).hasStatus(401);
        for (String verb : List.of("plan", "plan/preview", "approve", "pause", "resume", "step")) {
            assertThat(mvc.post().uri(ADDRESS + "/" + verb)).hasStatus(401);
        }
    }

    private void declare() {
        post("/api/changeovers", "{\"view\": \"order-board\", \"to\": 2, \"plan\": \"%s\"}".formatted(PLAN));
    }
}
