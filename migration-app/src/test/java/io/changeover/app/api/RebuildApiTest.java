package io.changeover.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRebuildOperations;
import io.changeover.operation.RebuildOperations;
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

@WebMvcTest(controllers = RebuildController.class, properties = "changeover.api.token=" + ApiTest.TOKEN)
@Import(RebuildApiTest.Wiring.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RebuildApiTest {

    @TestConfiguration(proxyBeanMethods = false)
    @ComponentScan("io.changeover.app.security")
    static class Wiring {

        @Bean
        RebuildOperations rebuildOperations() {
            return new InMemoryRebuildOperations();
        }
    }

    @Autowired
    MockMvcTester mvc;

    private MvcTestResult post(String version, String body) {
        return mvc.post()
                .uri("/api/views/order-board/versions/%s/rebuild".formatted(version))
                .header("Authorization", "Bearer " + ApiTest.TOKEN)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    @Test
    void answers_with_what_changed() {
        assertThat(post("1", "{\"homes\": [\"10100\"], \"dryRun\": true}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"version": "order-board@1", "target": "home 10100", "dryRun": true, "homes": 2, "events": 1500,
                 "inserted": 0, "changed": 1, "deleted": 0, "same": 1, "released": 0, "stillParked": 0,
                 "failure": null, "untouched": {}, "note": null, "duration": "PT1.5S",
                 "samples": [{"home": "10100", "before": [], "after": [{"orderId": "10100", "totalMinorUnits": 995}]}]}
                """);
    }

    @Test
    void a_rule_that_does_not_hold_is_a_conflict() {
        assertThat(post("3", "{\"all\": true}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Version 'order-board@3' has not been built");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {}                                       | The body names no target but must name exactly one of homes, where, differingFrom, aggregate, positions, changed, all; send {"homes": ["10100"], "dryRun": true}
            {"all": false}                           | The body names no target but must name exactly one of homes, where, differingFrom, aggregate, positions, changed, all; send {"homes": ["10100"], "dryRun": true}
            {"all": true, "homes": ["1"]}            | The body names the targets homes, all but must name exactly one of homes, where, differingFrom, aggregate, positions, changed, all; send {"homes": ["10100"], "dryRun": true}
            {"homes": []}                            | Field 'homes' is [] but must be a list of at least one text of 1 to 500 characters; send {"homes": ["10100"], "dryRun": true}
            {"homes": "10100"}                       | Field 'homes' is "10100" but must be a list of at least one text of 1 to 500 characters; send {"homes": ["10100"], "dryRun": true}
            {"all": "yes"}                           | Field 'all' is "yes" but must be true or false; send {"homes": ["10100"], "dryRun": true}
            {"differingFrom": 0}                     | Field 'differingFrom' is 0 but must be a whole number from 1 to 999999; send {"homes": ["10100"], "dryRun": true}
            {"positions": "5"}                       | Field 'positions' is '5' but must be two positions from 1 on, the lower first, such as '1200-1300'; send {"homes": ["10100"], "dryRun": true}
            {"all": true, "speed": "high"}           | Field 'speed' is not known here; the fields are homes, where, changed, all, differingFrom, aggregate, positions, dryRun, reason; send {"homes": ["10100"], "dryRun": true}
            """)
    void a_body_that_means_nothing_is_refused(String body, String detail) {
        assertThat(post("1", body))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo(detail);
    }
}
