package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryReportOperations;
import io.changeover.operation.ReportOperations;
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

@WebMvcTest(controllers = ReportsController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ReportsApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportsApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        ReportOperations reportOperations() {
            return new InMemoryReportOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri(path)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    @Test
    void reports_are_listed_the_open_one_first() {
        assertThat(get("/api/reports?view=order-board&limit=1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"id": "c-2", "view": "order-board", "from": 1, "to": 2, "outcome": "open", "phase": "declared",
                  "plan": null, "declaredAt": "2026-03-10T14:00:00Z", "endedAt": null, "lasted": "PT30S",
                  "rollbacks": 0, "differences": 0, "budgetSpent": 0}]
                """);
    }

    @Test
    void a_report_is_given_as_json_markdown_or_a_page() {
        assertThat(get("/api/reports/order-board?id=c-1"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.incidents[0].deployed[0]")
                .isEqualTo("order.placed@3 since position 150");
        assertThat(get("/api/reports/order-board?id=c-1&format=markdown"))
                .hasStatusOk()
                .hasContentType("text/markdown;charset=UTF-8")
                .bodyText()
                .startsWith("# Changeover of order-board from version 1 to 2\n");
        assertThat(get("/api/reports/order-board?id=c-1&format=html"))
                .hasStatusOk()
                .hasContentType("text/html;charset=UTF-8")
                .bodyText()
                .startsWith("<!DOCTYPE html>");
    }

    @Test
    void two_are_put_side_by_side() {
        assertThat(get("/api/report-comparison?left=c-1&right=c-2"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.lines[0]")
                .asMap()
                .containsEntry("figure", "view")
                .containsEntry("left", "order-board");
    }

    @Test
    void what_there_is_not_and_what_no_form_is_are_refused() {
        assertThat(get("/api/reports/order-board?id=c-9"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("View 'order-board' has had no changeover 'c-9'");
        assertThat(get("/api/reports/order-board?format=pdf"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Parameter 'format' is 'pdf' but must be one of json, markdown, html; correct it");
    }

    @Test
    void nobody_is_told_without_a_token() {
        assertThat(mvc.get().uri("/api/reports")).hasStatus(401);
    }
}
