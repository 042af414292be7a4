package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRowOperations;
import io.changeover.app.security.AccessTrail;
import io.changeover.app.security.AccessTrail.Entry;
import io.changeover.operation.RowOperations;
import java.net.URI;
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
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@WebMvcTest(controllers = RowsController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(RowsApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RowsApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        RowOperations rowOperations() {
            return new InMemoryRowOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    @Autowired
    RowOperations operations;

    @Autowired
    AccessTrail trail;

    InMemoryRowOperations memory;

    @BeforeEach
    void begin_anew() {
        memory = (InMemoryRowOperations) operations;
        memory.requests.clear();
    }

    private MvcTestResult get(String address) {
        return mvc.get()
                .uri(URI.create("/api/views/order-board/" + address))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .exchange();
    }

    private MvcTestResult post(String address, String body) {
        return mvc.post()
                .uri("/api/views/order-board/versions/" + address)
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void shows_sensitive_values_to_those_alone_who_have_the_role_and_keeps_who_has_seen_them() {
        assertThat(get("explain?key=10100&unmasked=true"))
                .hasStatus(403)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("urn:changeover:problem:not-permitted");
        assertThat(get("explain?key=10100&unmasked=maybe"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Parameter 'unmasked' is 'maybe' but must be true or false; correct it or leave it out");
        assertThat(memory.requests).isEmpty();
        assertThat(mvc.get()
                        .uri("/api/views/order-board/explain?key=10100&unmasked=true")
                        .with(SecurityMockMvcRequestPostProcessors.user("ann").roles("VIEWER", "UNMASKED"))
                        .exchange())
                .hasStatusOk();
        assertThat(memory.requests).containsExactly("unmasked", "explain order-board [10100] null null");
        assertThat(trail.latest(1).get(0))
                .extracting(Entry::actor, Entry::action, Entry::subject)
                .containsExactly("ann", "saw unmasked", "row 10100 of order-board");
    }

    @Test
    void what_is_asked_is_kept_before_it_is_done_unless_it_is_a_dry_run() {
        int before = trail.latest(1_000).size();
        assertThat(post("1/repair?dryRun=true", "{\"homes\": [\"10100\"]}")).hasStatusOk();
        assertThat(trail.latest(1_000)).hasSize(before);
        assertThat(post("7/self-check", "{\"homes\": \"many\"}")).hasStatus(400);
        assertThat(trail.latest(1).get(0))
                .extracting(Entry::actor, Entry::action, Entry::subject)
                .containsExactly("api", "asked", "POST /api/views/order-board/versions/7/self-check");
    }

    @Test
    void explains_a_row() {
        assertThat(get("explain?key=10100&key=a%2Cb&right=2"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.events[0].right.failure")
                .isEqualTo("the fold threw");
        assertThat(memory.requests).containsExactly("explain order-board [10100, a,b] null 2");
        assertThat(get("explain?key=a,b")).hasStatusOk();
        assertThat(memory.requests).last().isEqualTo("explain order-board [a,b] null null");
    }

    @Test
    void refuses_a_key_that_is_none() {
        assertThat(get("explain"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(
                        "Parameter 'key' is missing but required; name each component of the row's key, such as ?key=10100&key=3");
        assertThat(get("explain?key=7")).hasStatus(404);
        assertThat(get("explain?key=1&left=two"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("'two' in the address must be a whole number from 1 to 999999; correct it");
    }

    @Test
    void checks_a_version_against_itself() {
        assertThat(post("2/self-check", "{\"homes\": 20, \"seed\": 42}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"version": "order-board@2", "verdict": "different", "reason": "So it is", "homes": 20, "parked": 0,
                 "events": 1500, "same": 19, "changed": 1, "missing": 0, "superfluous": 0,
                 "samples": [{"key": "10100", "kind": "changed", "fields": ["cents"], "stored": {"cents": 1},
                    "folded": {"cents": 2}}],
                 "sql": {"rows": 20, "disagreeing": 1, "samples": [{"key": "10101", "fields": ["cents"],
                    "java": {"cents": 1}, "sql": {"cents": 2}, "failure": null}]},
                 "seed": 42, "note": "the version is stale", "duration": "PT1.5S"}
                """);
        assertThat(post("1/self-check", "{\"all\": true}"))
                .bodyJson()
                .extractingPath("$.verdict")
                .isEqualTo("not-comparable");
        assertThat(memory.requests)
                .containsExactly("self-check order-board@2 20 false 42", "self-check order-board@1 1000 true null");
    }

    @Test
    void repairs_and_tells_what_was_repaired() {
        assertThat(post("1/repair", "{\"differingFrom\": 2, \"reason\": \"was wrong\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"version": "order-board@1", "target": "rows that differ from order-board@2", "dryRun": false,
                 "repair": "00000000-0000-0000-0000-000000000001", "homes": 3, "repaired": 1, "same": 2, "foldsOwn": 0,
                 "foldsOwnKeys": [], "othersOwn": 0, "othersOwnKeys": [], "untouched": {},
                 "samples": [{"home": "10100", "before": [], "after": [{"cents": 2}]}],
                 "stopped": null, "note": null, "duration": "PT1.5S"}
                """);
        assertThat(post("1/repair", "{\"homes\": [\"1\", \"2\"], \"dryRun\": true}"))
                .hasStatusOk();
        assertThat(memory.requests)
                .containsExactly(
                        "repair order-board@1, rows that differ from order-board@2, false, api, was wrong",
                        "repair order-board@1, 2 homes, true, api, ");
        assertThat(get("repairs"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                [{"repair": "00000000-0000-0000-0000-000000000001", "version": "order-board@2", "home": "10100",
                  "before": [], "after": [{"cents": 2}], "actor": "ada", "reason": "was wrong",
                  "at": "2026-01-01T00:00:00Z"}]
                """);
        assertThat(post("3/repair", "{\"differingFrom\": 2}")).hasStatus(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            repair     | {}                                   | The body names no target but must name one of homes and differingFrom; send {"differingFrom": 1, "dryRun": true}
            repair     | {"homes": ["1"], "differingFrom": 2} | The body names two targets but must name one of homes and differingFrom; send {"differingFrom": 1, "dryRun": true}
            repair     | {"differingFrom": 0}                 | Field 'differingFrom' is 0 but must be a whole number from 1 to 999999; send {"differingFrom": 1, "dryRun": true}
            repair     | {"homes": ["1"], "all": true}        | Field 'all' is not known here; the fields are homes, differingFrom, dryRun, reason; send {"differingFrom": 1, "dryRun": true}
            self-check | {"homes": 0}                         | Field 'homes' is 0 but must be a whole number from 1 to 100000; send {"homes": 1000}
            self-check | {"homes": 5, "all": true}            | The body names homes and all but must name one of them; send {"homes": 1000}
            """)
    void a_body_that_means_nothing_is_refused(String verb, String body, String detail) {
        assertThat(post("1/" + verb, body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(detail);
    }
}
