package io.changeover.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.changeover.app.InMemoryAuditOperations;
import io.changeover.app.InMemoryComparisonOperations;
import io.changeover.app.InMemoryConsumerOperations;
import io.changeover.app.InMemoryDoctorOperations;
import io.changeover.app.InMemoryEffectOperations;
import io.changeover.app.InMemoryEventOperations;
import io.changeover.app.InMemoryMirrorOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryReportOperations;
import io.changeover.app.InMemoryRouteOperations;
import io.changeover.app.InMemoryRowOperations;
import io.changeover.app.InMemoryTopicOperations;
import io.changeover.operation.Operations;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(
        controllers = {
            AuditPages.class,
            ComparisonPages.class,
            DeadLetterPages.class,
            DoctorPages.class,
            DoorController.class,
            EffectPages.class,
            EventPages.class,
            ExplainPages.class,
            PeerPages.class,
            TopicPages.class,
            ReportPages.class,
            UnknownPages.class
        },
        properties = "changeover.api.token=0123456789abcdef0123456789abcdef")
@Import(ConsolePagesTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsolePagesTest {

    private static final String ID = InMemoryComparisonOperations.ID.toString();

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        InMemoryOperations operations() {
            return new InMemoryOperations();
        }

        @Bean
        InMemoryComparisonOperations comparisonOperations(Operations operations) {
            return new InMemoryComparisonOperations(operations);
        }

        @Bean
        InMemoryAuditOperations auditOperations() {
            return new InMemoryAuditOperations();
        }

        @Bean
        InMemoryRowOperations rowOperations() {
            return new InMemoryRowOperations();
        }

        @Bean
        InMemoryEffectOperations effectOperations() {
            return new InMemoryEffectOperations();
        }

        @Bean
        InMemoryEventOperations eventOperations() {
            return new InMemoryEventOperations();
        }

        @Bean
        InMemoryDoctorOperations doctorOperations() {
            return new InMemoryDoctorOperations();
        }

        @Bean
        InMemoryConsumerOperations consumerOperations() {
            return new InMemoryConsumerOperations();
        }

        @Bean
        InMemoryRouteOperations routeOperations() {
            return new InMemoryRouteOperations();
        }

        @Bean
        InMemoryTopicOperations topicOperations() {
            return new InMemoryTopicOperations();
        }

        @Bean
        InMemoryMirrorOperations mirrorOperations() {
            return new InMemoryMirrorOperations();
        }

        @Bean
        InMemoryReportOperations reportOperations() {
            return new InMemoryReportOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    InMemoryOperations operations;

    @Autowired
    InMemoryComparisonOperations comparisons;

    @BeforeEach
    void forget() {
        operations.reset();
        comparisons.reset();
    }

    private MvcTestResult get(String role, String address) {
        return mvc.get()
                .uri(URI.create(address))
                .with(user("ada").roles(role, "VIEWER"))
                .exchange();
    }

    private MvcTestResult get(String address) {
        return get("VIEWER", address);
    }

    private MvcTestResult post(String role, String address, String... fields) {
        var request =
                mvc.post().uri(address).with(user("ada").roles(role, "VIEWER")).with(csrf());
        for (int i = 0; i < fields.length; i += 2) {
            request = request.param(fields[i], fields[i + 1]);
        }
        return request.exchange();
    }

    @Test
    void the_topics_say_how_far_they_are_and_why_one_does_not_get_on() {
        assertThat(get("/console/topics"))
                .hasStatusOk()
                .bodyText()
                .contains(
                        "cannot be put on topic &#39;orders.v1&#39;, and those after it wait: no way down",
                        "order.placed@1",
                        "billing",
                        "does not get on",
                        "gets on",
                        "Followed here: <span>orders.v1</span>",
                        "Record 7 of partition 1",
                        "nobody yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/console/comparisons | Comparisons",
                "/console/views/order-board/explain | Explain a row of order-board",
                "/console/views/order-board/explain?key=10100&left=1&right=2 | Row 10100 of order-board",
                "/console/views/order-board/versions/2/dead-letters | Dead letters of order-board@2",
                "/console/events | Events",
                "/console/consumers | Consumers",
                "/console/topics | Topics",
                "/console/nodes | Nodes",
                "/console/effects | Effects",
                "/console/doctor | Doctor",
                "/console/reports | Reports",
                "/console/reports/c-1 | Changeover",
                "/console/reports/comparison?left=c-1&right=c-2 | Two changeovers side by side",
                "/console/audit | Audit trail"
            })
    void a_viewer_sees_a_page_of_what_is_stored(String address, String title) {
        assertThat(get(address))
                .hasStatusOk()
                .bodyText()
                .contains("<h1")
                .contains(title)
                .contains("bin/changeover ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/console/comparisons/x | must be the identifier of a comparison",
                "/console/comparisons/x/differences | must be the identifier of a comparison",
                "/console/comparisons/00000000-0000-4000-8000-000000000001/differences?after=-1 | must be a whole number from 0",
                "/console/comparisons/00000000-0000-4000-8000-000000000001/differences?after=a | must be a whole number from 0",
                "/console/views/order-board/explain?key=1&left=one | must be a whole number from 1 to 999999",
                "/console/views/order-board/explain?key=1&right=0 | must be a whole number from 1 to 999999",
                "/console/views/order-board/versions/two/dead-letters | must be a whole number",
                "/console/views/order-board/versions/0/dead-letters | must be from 1 to 999999",
                "/console/views/NO%20VIEW/versions/1/dead-letters | must be lower-case words",
                "/console/audit?before=7 | must be a place that another page names",
                "/console/audit?since=yesterday | must be a day such as 2027-03-01",
                "/console/audit?since=%2B999999999-01-01 | must be a day such as 2027-03-01",
                "/console/reports/c-1/download?format=pdf | must be markdown, html or json",
                "/console/reports/c-1/download | Required parameter"
            })
    void an_address_that_cannot_be_is_a_bad_request_with_a_page(String address, String says) {
        assertThat(get(address))
                .hasStatus(400)
                .bodyText()
                .contains("<h1")
                .contains(says)
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/comparisons/00000000-0000-4000-8000-000000000009",
                "/console/comparisons?view=nothing",
                "/console/views/nothing/explain",
                "/console/views/nothing/versions/1/dead-letters",
                "/console/views/order-board/explain?key=7",
                "/console/events/nothing",
                "/console/audit?view=nothing",
                "/console/nothing",
                "/console/events/order.placed/nothing",
                "/console/%3Cscript%3E"
            })
    void what_is_not_there_is_told_by_a_page(String address) {
        assertThat(get(address))
                .hasStatus(404)
                .bodyText()
                .contains("role=\"alert\"")
                .doesNotContain("<script>")
                .doesNotContain("Exception");
    }

    @Test
    void a_failure_is_told_without_what_is_inside() {
        operations.broken = true;
        assertThat(get("/console/comparisons"))
                .hasStatus(500)
                .bodyText()
                .contains("Something failed that should not")
                .doesNotContain("SELECT secret")
                .doesNotContain("IllegalStateException");
    }

    @Test
    void an_operator_starts_a_comparison_and_a_viewer_may_not() {
        assertThat(get("/console/comparisons")).bodyText().doesNotContain("Start a comparison");
        assertThat(post("VIEWER", "/console/comparisons", "left", "order-board@1", "right", "order-board@2"))
                .hasStatus(403);
        assertThat(comparisons.requests).isEmpty();
        assertThat(get("OPERATOR", "/console/comparisons")).bodyText().contains("Start a comparison");
        assertThat(post(
                        "OPERATOR",
                        "/console/comparisons",
                        "left",
                        "order-board@1",
                        "right",
                        "order-board@2",
                        "reason",
                        "before the shift"))
                .hasStatus(302)
                .hasRedirectedUrl("/console/comparisons/" + ID);
        assertThat(comparisons.requests).containsExactly("start ada before the shift");
        assertThat(get("/console/comparisons/" + ID))
                .hasStatusOk()
                .bodyText()
                .contains("40 %")
                .contains("every 2s")
                .doesNotContain("Cancel…");
        assertThat(get("/console/comparisons/" + ID + "/differences"))
                .hasStatusOk()
                .bodyText()
                .contains("differs")
                .contains("one side only")
                .contains("/console/views/order-board/explain?key=10100&amp;left=1&amp;right=2");
    }

    @ParameterizedTest
    @CsvSource({"order-board,order-board@2", "'',order-board@2", "order-board@x,order-board@2"})
    void a_comparison_of_what_is_no_version_is_a_bad_request(String left, String right) {
        assertThat(post("OPERATOR", "/console/comparisons", "left", left, "right", right))
                .hasStatus(400);
        assertThat(post("OPERATOR", "/console/comparisons", "right", right)).hasStatus(400);
        assertThat(comparisons.requests).isEmpty();
    }

    @Test
    void a_reason_that_is_too_long_is_refused_before_anything_is_done() {
        assertThat(post(
                        "OPERATOR",
                        "/console/comparisons",
                        "left",
                        "order-board@1",
                        "right",
                        "order-board@2",
                        "reason",
                        "x".repeat(501)))
                .hasStatus(400)
                .bodyText()
                .contains("has 501 characters but may have 500");
        assertThat(comparisons.requests).isEmpty();
    }

    @Test
    void a_form_of_another_site_is_refused() {
        assertThat(mvc.post()
                        .uri("/console/comparisons")
                        .with(user("ada").roles("OPERATOR", "VIEWER"))
                        .param("left", "order-board@1")
                        .param("right", "order-board@2")
                        .exchange())
                .hasStatus(403);
        assertThat(comparisons.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/comparisons/00000000-0000-4000-8000-000000000001/cancel",
                "/console/views/order-board/versions/2/dead-letters/retry?home=1",
                "/console/effects/retry?view=order-board&position=1100&name=confirmation",
                "/console/doctor/mend"
            })
    void a_viewer_may_not_even_ask_what_an_operator_may_do(String address) {
        assertThat(get(address)).hasStatus(403);
        assertThat(post("VIEWER", address)).hasStatus(403);
    }

    @Test
    void text_that_somebody_typed_stays_text() {
        assertThat(get("/console/audit"))
                .hasStatusOk()
                .bodyText()
                .contains("&lt;b&gt;first step&lt;/b&gt;")
                .contains("lag pass");
    }

    @Test
    void the_trail_is_narrowed_and_remembers_by_what() {
        assertThat(get("/console/audit?view=order-board&actor=ann&since=2026-03-10"))
                .hasStatusOk()
                .bodyText()
                .contains("reads-shifted")
                .doesNotContain("signed-in")
                .contains("bin/changeover audit --view order-board --actor ann --since 2026-03-10T00:00:00Z");
        assertThat(get("/console/audit?view=&actor=&since="))
                .hasStatusOk()
                .bodyText()
                .contains("signed-in");
    }

    @Test
    void a_report_is_taken_home_in_three_forms() {
        for (String format : List.of("markdown", "html", "json")) {
            assertThat(get("/console/reports/c-1/download?format=" + format))
                    .hasStatusOk()
                    .headers()
                    .hasHeaderSatisfying("Content-Disposition", values -> assertThat(values.get(0))
                            .startsWith("attachment"));
        }
    }
}
