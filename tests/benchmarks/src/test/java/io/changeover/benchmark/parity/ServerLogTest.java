package io.changeover.benchmark.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.parity.ServerLog.Plan;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerLogTest {

    @Test
    void finds_the_plans_among_what_else_the_server_has_to_say() {
        String log =
                """
                2026-01-01 00:00:00 UTC [1] LOG:  checkpoint starting: time
                2026-01-01 00:00:01 UTC [2] LOG:  duration: 12.345 ms  plan:
                \tQuery Text: select 1
                \t  from somewhere
                \tResult  (cost=0.00..0.01 rows=1 width=4)
                2026-01-01 00:00:02 UTC [1] LOG:  checkpoint complete:
                \tnot of a plan
                2026-01-01 00:00:03 UTC [2] LOG:  duration: 0.5 ms  plan:
                \tQuery Text: select 2
                """;

        assertThat(ServerLog.plans(log))
                .containsExactly(
                        new Plan(
                                12.345,
                                List.of(
                                        "Query Text: select 1",
                                        "  from somewhere",
                                        "Result  (cost=0.00..0.01 rows=1 width=4)")),
                        new Plan(0.5, List.of("Query Text: select 2")));
    }
}
