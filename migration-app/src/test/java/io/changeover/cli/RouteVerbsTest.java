package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRouteOperations;
import io.changeover.operation.RouteOperations;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteVerbsTest {

    private static final String ROUTE =
            """
            order-board@2 answers, because cohort 1448 is among the 2500 of 10000 cohorts that order-board@2 serves at 25 %
            cohort     1,448 of 10,000
            percent    25 % of readers are served by the new version
            pinned     tenant 'acme' to version 1
            fallback   order-board@1 answers where it fails
            shadow     sampled calls are compared with order-board@1
            routed by  node-1
            not yet by node-2
            """;

    @LocalServerPort
    int port;

    @Autowired
    RouteOperations operations;

    InMemoryRouteOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryRouteOperations) operations;
        memory.requests.clear();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void explain_route_says_which_version_answers_and_why() {
        CommandRun run = run("explain-route", "order-board", "--reader", "ann & bob", "--tenant", "acme");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(ROUTE);
        assertThat(memory.requests).containsExactly("route order-board ann & bob acme null");
    }

    @Test
    void a_view_that_is_not_served_is_refused() {
        CommandRun run = run("explain-route", "other");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("View 'other' is not served");
    }

    @Test
    void pin_and_unpin_name_one_tenant_or_principal() {
        assertThat(run("pin", "order-board", "--tenant", "acme", "--to", "2", "--reason", "first")
                        .out())
                .isEqualTo(ROUTE);
        assertThat(run("unpin", "order-board", "--principal", "ann").code()).isZero();
        assertThat(memory.requests)
                .contains("pin order-board tenant 'acme' 2 ada first", "unpin order-board principal 'ann' ada ");

        assertThat(run("pin", "order-board", "--to", "2").code()).isEqualTo(2);
        assertThat(run("pin", "order-board", "--tenant", "a", "--principal", "b", "--to", "2")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void nodes_shows_which_of_them_are_up_and_what_they_route_by() {
        CommandRun run = run("nodes");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                NODE    STATE   SEEN                  VIEW         ROUTES BY                 LATEST  CONFIGURED
                node-1  up      2026-03-10T12:00:00Z  order-board  event 7 at position 4711  yes     version 1
                                                      sales-fact   event 0 at position 12    yes     -
                node-2  silent  2026-03-10T12:00:00Z  -            -                         -       -
                """);
    }
}
