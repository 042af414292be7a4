package io.changeover.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.changeover.app.InMemoryAutopilotOperations;
import io.changeover.app.InMemoryCompletionOperations;
import io.changeover.app.InMemoryFallbackOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryPlanOperations;
import io.changeover.app.InMemoryReportOperations;
import io.changeover.app.InMemoryRouteOperations;
import io.changeover.app.InMemoryShadowOperations;
import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.ReportOperations;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.ShadowOperations;
import java.time.Clock;
import java.time.ZoneOffset;
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
import org.springframework.context.annotation.Primary;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@WebMvcTest(
        controllers = {
            OverviewController.class,
            ViewController.class,
            ChangeoverController.class,
            ActionController.class,
            DoorController.class
        },
        properties = "changeover.api.token=a-token-for-tests-of-forty-three-characters")
@Import({ChangeoverPagesTest.Wiring.class, Actions.class})
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeoverPagesTest {

    private static final String CHANGEOVER = "/console/changeovers/order-board";

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        @Primary
        Clock standingClock() {
            return Clock.fixed(InMemoryOperations.NOW, ZoneOffset.UTC);
        }

        @Bean
        InMemoryOperations operations() {
            return new InMemoryOperations();
        }

        @Bean
        InMemoryPlanOperations planOperations(InMemoryOperations operations) {
            return new InMemoryPlanOperations(operations);
        }

        @Bean
        RouteOperations routeOperations() {
            return new InMemoryRouteOperations();
        }

        @Bean
        CompletionOperations completionOperations(InMemoryOperations operations) {
            return new InMemoryCompletionOperations(operations);
        }

        @Bean
        FallbackOperations fallbackOperations() {
            return new InMemoryFallbackOperations();
        }

        @Bean
        ShadowOperations shadowOperations() {
            return new InMemoryShadowOperations();
        }

        @Bean
        ReportOperations reportOperations() {
            return new InMemoryReportOperations();
        }

        @Bean
        AutopilotOperations autopilotOperations() {
            return new InMemoryAutopilotOperations();
        }

        @Bean
        Series series(InMemoryOperations operations, ShadowOperations shadow, Clock clock) {
            return new Series(operations, shadow, "node-1", clock);
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    InMemoryOperations operations;

    @Autowired
    InMemoryPlanOperations plans;

    @Autowired
    Series series;

    @BeforeEach
    void forget() {
        operations.reset();
        plans.reset();
    }

    private static RequestPostProcessor as(String... roles) {
        return user("ann").roles(roles);
    }

    private static RequestPostProcessor viewer() {
        return as("VIEWER");
    }

    private static RequestPostProcessor operator() {
        return as("VIEWER", "OPERATOR");
    }

    private MvcTestResult get(String path, RequestPostProcessor who) {
        return mvc.get().uri(path).with(who).exchange();
    }

    private MvcTestResult post(String verb, RequestPostProcessor who, String... fields) {
        var request = mvc.post().uri(CHANGEOVER + "/" + verb).with(who).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return request.exchange();
    }

    private static void assertStatus(MvcTestResult result, int status) {
        assertThat(result).hasStatus(status);
    }

    private void declare() {
        operations.declare("order-board", 2, Request.by("bob"));
    }

    @Test
    void the_overview_shows_each_view_and_what_is_wrong() {
        declare();
        MvcTestResult page = get("/console", viewer());
        assertStatus(page, 200);
        assertThat(page)
                .bodyText()
                .contains("order-board@1", "Open changeovers", "order-board@2: 1 event waits as dead letters")
                .contains("/console/views/order-board/versions/2/dead-letters");
    }

    @Test
    void what_is_refreshed_is_a_part_of_the_page_and_no_page() {
        assertThat(get("/console/overview", viewer()))
                .bodyText()
                .contains("order-board@1")
                .doesNotContain("<html", "<h1");
        declare();
        assertThat(get(CHANGEOVER + "/standing", viewer()))
                .bodyText()
                .contains("declared")
                .doesNotContain("<html", "<h1");
    }

    @Test
    void a_text_finds_views_by_name() {
        assertThat(get("/console?find=ORDER", viewer())).bodyText().contains("order-board@1");
        assertThat(get("/console?find=<b>nothing", viewer()))
                .bodyText()
                .contains("No view's name has", "&lt;b&gt;nothing")
                .doesNotContain("<b>nothing", "order-board@1");
        assertStatus(get("/console?page=none", viewer()), 200);
    }

    @Test
    void a_view_shows_routing_fallbacks_shadow_reads_and_reports() {
        assertThat(get("/console/views/order-board?tenant=acme", viewer()))
                .bodyText()
                .contains("Who is answered by which version", "Error budget", "Shadow reads", "/console/reports/");
    }

    @Test
    void an_unknown_view_has_no_page() {
        assertStatus(get("/console/views/nothing", viewer()), 404);
        assertStatus(get("/console/changeovers/nothing", viewer()), 404);
        assertStatus(get("/console/changeovers/nothing/series", viewer()), 404);
        assertStatus(get("/console/changeovers/nothing/abort", operator()), 404);
        assertStatus(get(CHANGEOVER + "/explode", operator()), 404);
    }

    @Test
    void the_present_phase_is_marked() {
        declare();
        assertThat(get(CHANGEOVER, viewer()))
                .bodyText()
                .containsPattern("aria-current=\"step\"[^>]*><span>declared</span>")
                .contains("Your roles allow looking only.");
    }

    @Test
    void actions_are_offered_to_those_who_may_ask_them() {
        declare();
        operations.plan = "careful";
        assertThat(get(CHANGEOVER, operator()))
                .bodyText()
                .contains(CHANGEOVER + "/backfill", CHANGEOVER + "/abort")
                .doesNotContain(CHANGEOVER + "/approve");
        assertThat(get(CHANGEOVER, as("VIEWER", "APPROVER")))
                .bodyText()
                .contains(CHANGEOVER + "/approve?percent=25")
                .doesNotContain(CHANGEOVER + "/backfill");
    }

    @Test
    void whoever_may_only_look_is_refused_and_nothing_is_asked() {
        declare();
        operations.requests.clear();
        for (Verb verb : Verb.values()) {
            assertStatus(post(verb.word(), viewer(), "step", "do", "key", "k-" + verb), 403);
            assertStatus(get(CHANGEOVER + "/" + verb.word(), viewer()), 403);
        }
        assertStatus(post("approve", operator(), "step", "do", "percent", "25", "key", "k"), 403);
        assertThat(operations.requests).isEmpty();
        assertThat(plans.requests).isEmpty();
    }

    @Test
    void a_form_without_its_proof_is_refused() {
        declare();
        assertThat(mvc.post()
                        .uri(CHANGEOVER + "/abort")
                        .with(operator())
                        .param("step", "do")
                        .exchange())
                .hasStatus(403);
    }

    @Test
    void a_form_that_is_sent_twice_asks_once_and_answers_the_same() {
        declare();
        operations.plan = "careful";
        for (int i = 0; i < 2; i++) {
            MvcTestResult sent = post("pause", operator(), "step", "do", "key", "form-1", "reason", "lunch");
            assertStatus(sent, 302);
            assertThat(sent).hasRedirectedUrl(CHANGEOVER);
            assertThat(sent).flash().containsKey("told");
        }
        assertThat(plans.requests).containsExactly("pause ann lunch");
        assertThat(plans.commandIds).singleElement().asString().startsWith("form-1-");
        assertStatus(post("pause", operator(), "step", "do", "key", "form-1", "reason", "dinner"), 302);
        assertThat(plans.requests).containsExactly("pause ann lunch", "pause ann dinner");
    }

    @Test
    void what_has_no_way_back_wants_its_name_typed() {
        declare();
        MvcTestResult refused = post("abort", operator(), "step", "do", "key", "form-2", "confirm", "order-bord");
        assertStatus(refused, 400);
        assertThat(refused)
                .bodyText()
                .contains(
                        "Field &#39;confirm&#39; is &#39;order-bord&#39; but must name &#39;order-board&#39;; type that to have it done");
        assertThat(operations.view("order-board").changeover()).isNotNull();
        assertStatus(post("abort", operator(), "step", "do", "key", "form-3", "confirm", "order-board"), 302);
        assertThat(operations.view("order-board").changeover()).isNull();
    }

    @Test
    void a_refusal_comes_back_with_the_form_as_it_was_filled() {
        declare();
        MvcTestResult refused =
                post("shift", operator(), "step", "do", "key", "form-4", "percent", "10", "reason", "too early");
        assertStatus(refused, 409);
        assertThat(refused).bodyText().contains("role=\"alert\"", "value=\"10\"", "value=\"too early\"");
    }

    @Test
    void fields_that_do_not_fit_are_named() {
        declare();
        assertStatus(post("shift", operator(), "step", "try", "percent", "'; drop table x"), 400);
        assertStatus(post("shift", operator(), "step", "try", "percent", "101"), 400);
        assertStatus(post("shift", operator(), "step", "do", "percent", "10"), 400);
        assertStatus(post("drop", operator(), "step", "do", "key", "k", "version", "-1", "confirm", "x"), 400);
        assertStatus(post("pin", operator(), "step", "try", "kind", "cat", "who", "x", "version", "2"), 400);
        assertStatus(post("plan", operator(), "step", "try", "plan", "steps: [{percent: 5}]"), 400);
        assertStatus(post("plan", operator(), "step", "try", "plan", "x".repeat(10_001)), 400);
        assertStatus(post("abort", operator(), "step", "try", "reason", "x".repeat(2_001)), 400);
        assertThat(post("shift", operator(), "step", "try", "percent", "101"))
                .bodyText()
                .contains(
                        "Field &#39;percent&#39; is &#39;101&#39; but must be a whole number from 0 to 100; correct it");
    }

    @Test
    void the_series_is_told_by_the_node_that_saw_it() {
        declare();
        series.look();
        assertThat(get(CHANGEOVER + "/series", viewer()))
                .bodyJson()
                .extractingPath("$.node")
                .isEqualTo("node-1");
        assertThat(get(CHANGEOVER, viewer())).bodyText().contains("As node <strong>node-1</strong> saw it");
    }
}
