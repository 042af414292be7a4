package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.app.InMemoryComparisonOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.operation.ComparisonOperations;
import io.changeover.parity.ParityReport.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(controllers = ComparisonsController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(ComparisonsApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComparisonsApiTest {

    private static final InMemoryOperations OPERATIONS = new InMemoryOperations();
    private static final String ONE = "/api/comparisons/" + InMemoryComparisonOperations.ID;

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        ComparisonOperations comparisonOperations() {
            return new InMemoryComparisonOperations(OPERATIONS);
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    ComparisonOperations operations;

    InMemoryComparisonOperations memory;

    @BeforeEach
    void begin_anew() {
        OPERATIONS.reset();
        memory = (InMemoryComparisonOperations) operations;
        memory.reset();
    }

    private MvcTestResult get(String path) {
        return mvc.get()
                .uri(path)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    private MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri(path)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .header(Caller.HEADER, "ada")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private void done() {
        OPERATIONS.verdict = Verdict.DIFFERENT;
        post("/api/views/order-board/comparisons", "{\"left\": 1, \"right\": 2}");
        for (int look = 0; look < 3; look++) {
            get(ONE);
        }
    }

    @Test
    void begins_a_comparison_tells_how_far_it_is_and_what_it_found() {
        assertThat(post("/api/views/order-board/comparisons", "{\"left\": 1, \"right\": 2, \"reason\": \"nightly\"}"))
                .hasStatus(202)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"id": "00000000-0000-4000-8000-000000000001", "view": "order-board", "left": "order-board@1",
                 "right": "order-board@2", "state": "running", "verdict": null, "note": null, "failure": null,
                 "fraction": 0.4, "rowsCompared": 130, "estimatedRows": 326, "differing": 1, "inFlight": 0, "ranges": 2,
                 "worked": "PT1S", "eta": "PT3S", "plan": "compared in the database", "node": "node-1", "actor": "ada",
                 "reason": "", "startedAt": "2026-03-01T10:00:00Z", "endedAt": null, "report": null}
                """);
        assertThat(memory.requests).containsExactly("start ada nightly");
        get(ONE);
        get(ONE);
        assertThat(get(ONE))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.report.verdict")
                .isEqualTo("equal");
        assertThat(get("/api/views/order-board/comparisons?state=done&limit=1"))
                .bodyJson()
                .extractingPath("$[0].verdict")
                .isEqualTo("equal");
        assertThat(get("/api/views/order-board/comparisons?state=failed"))
                .bodyJson()
                .isStrictlyEqualTo("[]");
    }

    @Test
    void one_that_is_over_cannot_be_cancelled() {
        post("/api/views/order-board/comparisons", "{\"left\": 1, \"right\": 2}");
        assertThat(post(ONE + "/cancel", "{\"reason\": \"lunch\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.note")
                .isEqualTo("Cancelled by ada: lunch");
        assertThat(post(ONE + "/cancel", ""))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:comparison-over");
    }

    @Test
    void differences_come_in_pages() {
        done();
        assertThat(get(ONE + "/differences?limit=2&after=1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"differences": [
                  {"number": 2, "kind": "different", "home": "10101", "key": ["10101"], "fields": ["status"],
                   "left": {"status": "SHIPPED", "orderId": "10101", "totalMinorUnits": 5},
                   "right": {"status": null, "orderId": "10101", "totalMinorUnits": 5}},
                  {"number": 3, "kind": "missing", "home": "10102", "key": ["10102"], "fields": [],
                   "left": {"status": "=1+1\\n", "orderId": "10102", "totalMinorUnits": -5}, "right": null}],
                 "next": 3}
                """);
        assertThat(get(ONE + "/differences?after=3"))
                .bodyJson()
                .isStrictlyEqualTo("{\"differences\": [], \"next\": null}");
    }

    @Test
    void groups_say_what_differences_have_in_common() {
        done();
        assertThat(get(ONE + "/groups"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"differing": 3, "kinds": [{"kind": "different", "rows": 2}, {"kind": "missing", "rows": 1}],
                 "fields": [
                   {"field": "status", "rows": 2, "commonest": [{"left": "SHIPPED", "right": null, "rows": 2}],
                    "numbers": null},
                   {"field": "totalMinorUnits", "rows": 1, "commonest": [{"left": 100, "right": 90, "rows": 1}],
                    "numbers": {"rows": 1, "least": -10, "greatest": -10, "sum": -10.5}}]}
                """);
    }

    @Test
    void an_export_is_csv_or_json_lines_and_says_how_many_records_it_has() throws Exception {
        done();
        MvcTestResult csv = get(ONE + "/export");
        assertThat(csv)
                .hasStatusOk()
                .hasHeader("X-Changeover-Differences", "3")
                .hasHeader("Content-Type", "text/csv;charset=UTF-8")
                .hasHeader("Content-Disposition", "attachment; filename=\"order-board-1-2-differences.csv\"");
        assertThat(csv.getResponse().getContentAsString().replace("\r\n", "\\r\n"))
                .isEqualTo(
                        """
                kind,orderId,fields,left.status,right.status,left.totalMinorUnits,right.totalMinorUnits\\r
                different,10100,status totalMinorUnits,SHIPPED,,100,90\\r
                different,10101,status,SHIPPED,,5,5\\r
                missing,10102,,"'=1+1
                ",,-5,\\r
                """);
        MvcTestResult lines = get(ONE + "/export?format=jsonl");
        assertThat(lines).hasHeader("Content-Type", "application/jsonl;charset=UTF-8");
        assertThat(lines.getResponse().getContentAsString().lines())
                .hasSize(3)
                .first()
                .isEqualTo(
                        "{\"kind\":\"different\",\"key\":{\"orderId\":\"10100\"},\"fields\":[\"status\",\"totalMinorUnits\"],\"left\":{\"orderId\":\"10100\",\"status\":\"SHIPPED\",\"totalMinorUnits\":100},\"right\":{\"orderId\":\"10100\",\"status\":null,\"totalMinorUnits\":90}}");
    }

    @Test
    void an_export_of_one_that_runs_is_a_conflict() {
        post("/api/views/order-board/comparisons", "{\"left\": 1, \"right\": 2}");
        assertThat(get(ONE + "/export"))
                .hasStatus(409)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:comparison-running", "title": "Refused", "status": 409,
                 "detail": "Comparison '00000000-0000-4000-8000-000000000001' still runs",
                 "instance": "/api/comparisons/00000000-0000-4000-8000-000000000001/export"}
                """);
    }

    @Test
    void one_that_is_unknown_is_not_found() {
        assertThat(get("/api/comparisons/11111111-0000-4000-8000-000000000001/groups"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:unknown-comparison");
        assertThat(get("/api/views/order-bored/comparisons")).hasStatus(404);
        assertThat(post("/api/views/order-board/comparisons", "{\"left\": 1, \"right\": 7}"))
                .hasStatus(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            /api/comparisons/7                                      | '7' in the address must be the identifier of a comparison such as '7b7e6f0a-4c1d-4f3b-9a53-0d1c2b3a4f5e'; take one from /api/views/{view}/comparisons
            /api/views/order-board/comparisons?limit=0              | Parameter 'limit' is '0' but must be a whole number from 1 to 100; correct it
            /api/views/order-board/comparisons?state=over           | Parameter 'state' is 'over' but must be one of running, done, cancelled, failed; correct it
            /api/comparisons/{}/differences?limit=1001              | Parameter 'limit' is '1001' but must be a whole number from 1 to 1000; correct it
            /api/comparisons/{}/differences?after=-1                | Parameter 'after' is '-1' but must be a whole number from 0 to 9223372036854775807; correct it
            /api/comparisons/{}/differences?after=x                 | Parameter 'after' is 'x' but must be a whole number from 0 to 9223372036854775807; correct it
            /api/comparisons/{}/export?format=xlsx                  | Parameter 'format' is 'xlsx' but must be one of csv, jsonl; correct it
            """)
    void an_address_that_means_nothing_is_refused(String path, String detail) {
        assertThat(get(path.replace("{}", InMemoryComparisonOperations.ID.toString())))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(detail);
    }

    @Test
    void a_body_that_means_nothing_is_refused() {
        assertThat(post("/api/views/order-board/comparisons", "{\"left\": 0, \"right\": 2}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Field 'left' is 0 but must be a whole number from 1 to 999999; send {\"left\": 1, \"right\": 2, \"reason\": \"...\"}");
    }

    @Test
    void an_export_that_loses_something_is_broken_off_and_not_ended() {
        done();
        memory.lost = 1;
        // A server that gets this from a request whose answer is under way closes the connection.
        assertThatThrownBy(
                        () -> memory.export(InMemoryComparisonOperations.ID, io.changeover.comparison.ExportFormat.CSV)
                                .writeTo(new java.io.ByteArrayOutputStream()))
                .hasMessage(
                        "Comparison '00000000-0000-4000-8000-000000000001' had 3 differences when its export began but 2 were found; it was removed meanwhile, so compare again");
    }
}
