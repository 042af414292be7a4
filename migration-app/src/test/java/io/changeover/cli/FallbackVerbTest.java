package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbackVerbTest {

    @LocalServerPort
    int port;

    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void a_budget_that_is_exceeded_is_shown_with_what_failed_and_exits_with_4() {
        CommandRun run = run("fallbacks", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@2, with order-board@1 behind it
                budget    12 of 12,425 calls may fall back, 425 did, 413 more than may
                breaker   open on node-a
                limit     1,000.0 ms, 2 of 5 workers at work
                answers   half within 0.9 ms, 99 of 100 within 12.0 ms, of 11,000 on node-a

                ANSWERED  FAILED  TIMED OUT  BUSY  SHED  REFUSED BY BOTH  INTERRUPTED
                  12,000      20          3     2   400                7            1

                LAST FAILURES         METHOD  OUTCOME    KIND                                             CAUSE                              SQL STATE
                2026-03-10T12:00:00Z  byId    failed     org.springframework.jdbc.BadSqlGrammarException  org.postgresql.util.PSQLException  42P01
                2026-03-10T11:59:59Z  all     timed-out  java.util.concurrent.TimeoutException            -                                  -
                """);
    }

    @Test
    void a_budget_that_is_kept_exits_with_0() {
        CommandRun run = run("fallbacks", "clean");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                clean@2, with clean@1 behind it until the changeover was over
                budget    2 of 2,001 calls may fall back, 1 did, 1 left
                breaker   unused on node-a
                limit     none, so calls are made on the reader's thread

                ANSWERED  FAILED  TIMED OUT  BUSY  SHED  REFUSED BY BOTH  INTERRUPTED
                   2,000       1          0     0     0                0            0
                """);
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun run = run("fallbacks", "alone");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "refused: View 'alone' has had no changeover, so no call could fall back; declare one first\n");
    }
}
