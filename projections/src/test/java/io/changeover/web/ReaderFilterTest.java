package io.changeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.freshness.KnownRefusals;
import io.changeover.serving.ReadPosition;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.view.Versions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReaderFilterTest {

    /** Events 4709 to 4711 are committed, and none else. */
    private static Optional<ReadPosition> positions(List<String> events) {
        return events.contains("rolled-back") ? Optional.empty() : Optional.of(new ReadPosition(4709, 4711));
    }

    private static Reader seen;

    @RestController
    static class Desk {

        private static void write(String event) {
            ReaderContext.current().orElseThrow().wrote(event);
        }

        @PostMapping("/created")
        ResponseEntity<Void> created() {
            write("a");
            return ResponseEntity.status(201).build();
        }

        @PostMapping("/nothing")
        void nothing(HttpServletResponse response) {
            write("a");
            response.setStatus(204);
        }

        @PostMapping("/flushed")
        void flushed(HttpServletResponse response) throws IOException {
            write("a");
            response.getWriter().write("done");
            response.flushBuffer();
        }

        @PostMapping("/moved")
        void moved(HttpServletResponse response) throws IOException {
            write("a");
            response.sendRedirect("/elsewhere");
        }

        @PostMapping("/rolled-back")
        String rolledBack() {
            write("rolled-back");
            return "nothing was written";
        }

        @GetMapping("/reader")
        String reader() {
            seen = ReaderContext.current().orElseThrow().reader();
            return "read";
        }

        @GetMapping("/behind")
        String behind() {
            throw KnownRefusals.timedOut();
        }
    }

    private final ReaderFilter filter = new ReaderFilter(
            new RequestedReads(
                    ReaderResolver.ofServlet("X-Tenant", List.of("ROLE_OPERATOR")),
                    principal -> principal == null ? "unidentified" : "consumer of " + principal,
                    Versions.of(List.of()),
                    new ReaderOptions(Duration.ofSeconds(30), List.of("ROLE_OPERATOR"))),
            ReaderFilterTest::positions,
            () -> (request, response, handler, e) -> {
                response.setStatus(499);
                response.setHeader("refused", e.getMessage());
                return new org.springframework.web.servlet.ModelAndView();
            });

    private final MockMvcTester mvc = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Desk())
            .setControllerAdvice(new ReaderAdvice())
            .addFilters(filter)
            .build());

    private MvcTestResult get(Map<String, String> headers) {
        MockMvcTester.MockMvcRequestBuilder request = mvc.get().uri("/reader");
        headers.forEach(request::header);
        return request.exchange();
    }

    private String refused(String header, String value) {
        MvcTestResult result = get(Map.of(header, value));
        assertThat(result).hasStatus(499);
        return result.getResponse().getHeader("refused");
    }

    @Test
    void whoever_has_written_is_told_where_whether_or_not_there_is_a_body() {
        for (String address : List.of("/created", "/nothing", "/flushed", "/moved")) {
            assertThat(mvc.post().uri(address).exchange()).as(address).hasHeader(ReaderHeaders.POSITION, "4709-4711");
        }
    }

    @Test
    void what_was_rolled_back_has_no_position() {
        assertThat(mvc.post().uri("/rolled-back").exchange())
                .hasStatusOk()
                .doesNotContainHeader(ReaderHeaders.POSITION);
    }

    @Test
    void a_response_that_is_out_is_not_touched() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(new MockHttpServletRequest(), response, (request, wrapped) -> {
            wrapped.getOutputStream().write(1);
            wrapped.flushBuffer();
            Desk.write("a");
        });

        assertThat(response.getHeader(ReaderHeaders.POSITION)).isNull();
    }

    @Test
    void a_position_that_is_presented_comes_back_unless_there_is_a_later_one() {
        assertThat(get(Map.of(ReaderHeaders.POSITION, "17"))).hasHeader(ReaderHeaders.POSITION, "17");
        assertThat(mvc.post()
                        .uri("/created")
                        .header(ReaderHeaders.POSITION, "17")
                        .exchange())
                .hasHeader(ReaderHeaders.POSITION, "4709-4711");
        assertThat(mvc.post()
                        .uri("/created")
                        .header(ReaderHeaders.POSITION, "5000")
                        .exchange())
                .hasHeader(ReaderHeaders.POSITION, "5000");
        assertThat(get(Map.of())).doesNotContainHeader(ReaderHeaders.POSITION);
    }

    @Test
    void the_reader_is_taken_from_the_request() {
        Principal ann = () -> "ann";
        MvcTestResult result = mvc.get()
                .uri("/reader")
                .principal(ann)
                .header("X-Tenant", "north")
                .header(ReaderHeaders.POSITION, "4709-4711")
                .header(ReaderHeaders.WAIT, "500")
                .exchange();

        assertThat(result).hasStatusOk();
        assertThat(seen.routingKey()).isEqualTo("ann");
        assertThat(seen.principal()).isEqualTo("ann");
        assertThat(seen.tenant()).isEqualTo("north");
        assertThat(seen.identity().consumer()).isEqualTo("consumer of ann");
        assertThat(seen.after()).isEqualTo(new ReadPosition(4709, 4711));
        assertThat(seen.patience()).isEqualTo(Duration.ofMillis(500));

        get(Map.of(ReaderHeaders.READER, "session-7"));
        assertThat(seen.routingKey()).isEqualTo("session-7");
        assertThat(seen.principal()).isNull();
        assertThat(seen.after()).isNull();
    }

    @Test
    void headers_that_cannot_be_understood_are_refused() {
        assertThat(refused(ReaderHeaders.POSITION, "latest"))
                .isEqualTo(
                        "Header X-Changeover-Position is 'latest' but must be a position such as '4711', or '4709-4711' for a write of several events; send it as an answer has given it, or 0 to be told one");
        assertThat(refused(ReaderHeaders.POSITION, "9-3")).contains("is '9-3' but must be");
        assertThat(refused(ReaderHeaders.WAIT, "30001"))
                .isEqualTo(
                        "Header X-Changeover-Wait is '30001' but must be a whole number of milliseconds from 0 to 30000; correct it or leave it out");
        assertThat(refused(ReaderHeaders.WAIT, "-1")).contains("is '-1' but must be");
        assertThat(refused(ReaderHeaders.VERSION, "order-board@2"))
                .isEqualTo(
                        "Header X-Changeover-Version is only for callers with one of the authorities [ROLE_OPERATOR], and this one has none of them; leave the header out or authenticate as such a caller");
    }

    @Test
    void what_a_reader_is_refused_is_a_problem_that_says_when_to_ask_again() {
        MvcTestResult result =
                mvc.get().uri("/behind").header(ReaderHeaders.POSITION, "45").exchange();

        assertThat(result)
                .hasStatus(503)
                .hasHeader("Retry-After", "1")
                .hasHeader(ReaderHeaders.POSITION, "45")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"type": "urn:changeover:problem:read-behind", "title": "Read behind", "status": 503,
                         "instance": "/behind",
                         "detail": "Version 'order-board@1' is at position 41 but the reader must not miss position 45, and 500 ms were not enough to get there; ask again in a moment",
                         "outcome": "timed-out", "view": "order-board", "version": 1, "wanted": 45, "reached": 41}
                        """);
    }
}
