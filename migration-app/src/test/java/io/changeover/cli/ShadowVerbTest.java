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
class ShadowVerbTest {

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
    void shadow_shows_what_differs_and_exits_with_4() {
        CommandRun run = run("shadow", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@1 and order-board@2: 1,204 calls asked of both
                 SAME  DIFFERENT  NOISE  IN FLIGHT  DROPPED  NOT COMPARABLE  DIFFER  NOISE FLOOR
                1,200          2      1          1  queue 3               4  0.17 %       0.83 %

                differences  error 1, field:status 1

                METHOD        VERSION  CALLS  P50 MS  P95 MS  P99 MS
                byId(String)        1  1,207    0.40    0.90   12.00
                byId(String)        2  1,203    0.30    0.80    1.50

                2026-03-10T12:00:00Z byId('10100'): field:status
                  old 1 item at position 4711: orderId='10100' status='OPEN'
                  new 1 item at position 4711: orderId='10100' status='SHIPPED'

                2026-03-10T12:00:00Z byId('masked:1f3a77c0'): error, version 2 threw IllegalStateException
                  old 1 item
                  new no answer
                """);
    }

    @Test
    void without_a_difference_it_exits_with_0_and_where_nothing_could_be_compared_with_5() {
        assertThat(run("shadow", "clean").code()).isZero();
        assertThat(run("shadow", "busy").code()).isEqualTo(5);
        CommandRun none = run("shadow", "alone");
        assertThat(none.code()).isEqualTo(5);
        assertThat(none.out()).isEqualTo("View 'alone' has had no changeover, so there was no other version to ask.\n");
    }
}
