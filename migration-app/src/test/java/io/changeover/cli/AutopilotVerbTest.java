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
class AutopilotVerbTest {

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
    void shows_the_node_what_it_did_what_it_waits_for_and_what_the_gates_say() {
        CommandRun run = run("autopilot");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board: shifting, 10 %, by plan 'spring'
                node      node-1
                looked    2026-03-10T12:00:00Z
                did       shift to 10 %: the next step of the plan, at 2026-03-10T11:59:00Z
                waits for the approval of role 'approver' for 50 %

                GATE    SAYS  MEASURED                      REQUIRED
                lag     pass  version 1 0 positions behind  at most 10
                errors  hold  0 % of 3 calls                at most 1 % of at least 20 calls
                """);
    }

    @Test
    void one_that_no_node_carries_is_an_exit_code_of_1() {
        CommandRun run = run("autopilot", "forsaken");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo(
                        """
                forsaken: declared, 0 %, by plan 'default'
                node      none
                looked    never
                waits for a node
                """);
    }

    @Test
    void says_so_where_there_is_none_and_prints_the_servers_own_answer_as_json() {
        assertThat(run("autopilot", "alone").out()).isEqualTo("No changeover with a plan is open.\n");
        assertThat(run("autopilot", "order-board", "--output", "json").out()).contains("\"verdict\" : \"hold\"");
    }
}
