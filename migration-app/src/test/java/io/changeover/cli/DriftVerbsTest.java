package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryReconciliationOperations;
import io.changeover.operation.ReconciliationOperations;
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
class DriftVerbsTest {

    @LocalServerPort
    int port;

    @Autowired
    ReconciliationOperations operations;

    InMemoryReconciliationOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryReconciliationOperations) operations;
        memory.requests.clear();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void drift_shows_the_rows_that_differ_and_exits_with_4() {
        CommandRun run = run("drift", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@1 and order-board@2: following, alert
                DIFFER  COMPARED  BEHIND  WAITING  TOUCHED ROWS AT       ALL ROWS AT           FOUND
                     3     1,326       5        0  2026-03-10T12:00:00Z  2026-03-10T11:00:00Z  different

                  KEY  KIND       FIELDS  LEFT                           RIGHT             SINCE
                10100  different  status  status='OPEN'                  status='SHIPPED'  2026-03-10T12:00:00Z
                10101  missing    -       orderId='10101' status='OPEN'  -                 2026-03-10T12:00:00Z
                and 1 more
                """);
    }

    @Test
    void without_drift_it_exits_with_0_and_where_versions_are_not_compared_with_5() {
        CommandRun clean = run("drift", "clean");
        assertThat(clean.code()).isZero();
        assertThat(clean.out()).startsWith("clean@1 and clean@2: following\nDIFFER");
        CommandRun stuck = run("drift", "stuck");
        assertThat(stuck.code()).isEqualTo(5);
        assertThat(stuck.out()).startsWith("stuck@1 and stuck@2: paused\nbecause   stuck@2 is backfilling\n");
        CommandRun alone = run("drift", "alone");
        assertThat(alone.code()).isZero();
        assertThat(alone.out()).isEqualTo("No two versions of the view live, so there is nothing to compare.\n");
    }

    @Test
    void reconcile_compares_first_and_answers_alike() {
        CommandRun run = run("reconcile", "order-board", "--all", "--reason", "after the repair");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).startsWith("order-board@1 and order-board@2: following, alert\n");
        assertThat(run("reconcile", "clean").code()).isZero();
        assertThat(memory.requests).containsExactly("order-board, true, ada, after the repair", "clean, false, ada, ");
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun refused = run("reconcile", "alone");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("refused: View 'alone' has no two versions that live\n");
    }
}
