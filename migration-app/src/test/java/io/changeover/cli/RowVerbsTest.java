package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRowOperations;
import io.changeover.operation.RowOperations;
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
class RowVerbsTest {

    @LocalServerPort
    int port;

    @Autowired
    RowOperations operations;

    InMemoryRowOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryRowOperations) operations;
        memory.requests.clear();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void tells_the_story_of_a_row() {
        CommandRun run = run("explain", "order-board", "10100", "a,b", "--left", "1", "--right", "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board 10100 in order-board@1 at position 9 and order-board@2 at position 9

                They part at position 4.
                Repair it.

                >>> here they part
                position 4  order.paid@1  2026-01-01T00:00:00Z  by Order 10100
                  stored  {"amount":50}
                  read by order.paid 1 -> 2
                  today   order.paid@2 {"cents":50}
                  order-board@1  changed orderId
                    row        *orderId=10100
                    canonical  *cents=50
                  order-board@2  failed, because the fold threw
                    row        none
                    canonical  none
                  after it they differ in cents

                3 more events up to position 4 touch this row and are left out

                stored in order-board@1: what its folds make
                  row        orderId=10100
                  canonical  cents=50
                  written by event e4 at position 4

                stored in order-board@2: something other than its fold has changed orderId
                  row        *orderId=10100
                  folded     *orderId=10100
                  canonical  cents=51
                  written by event e4 at position 4
                  next: changeover repair order-board@2 --home 10100
                """);
        assertThat(memory.requests).containsExactly("explain order-board [10100, a,b] 1 2");
        CommandRun unknown = run("explain", "order-board", "7");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).isEqualTo("refused: There is no row and no event of key '7'\n");
        assertThat(run("explain", "order-board").code()).isEqualTo(2);
    }

    @Test
    void tells_what_a_self_check_found_and_exits_by_its_verdict() {
        CommandRun run = run("self-check", "order-board@2", "--homes", "20", "--seed", "42");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@2: different. So it is
                HOMES  PARKED  EVENTS  SAME  CHANGED  MISSING  SUPERFLUOUS  TOOK
                   20       0   1,500    19        1        0            0  1.5 s

                10100  changed: cents
                  stored  {"cents":1}
                  folded  {"cents":2}

                canonical form in SQL and in Java: 20 rows compared, 1 disagree

                10101  cents
                  java  {"cents":1}
                  sql   {"cents":2}

                the version is stale

                the same homes again: --seed 42
                """);
        assertThat(run("self-check", "order-board@1").code()).isZero();
        assertThat(run("self-check", "order-board@1", "--all").code()).isEqualTo(5);
        assertThat(run("self-check", "order-board@3").code()).isEqualTo(1);
        assertThat(run("self-check", "order-board@1", "--all", "--homes", "3").code())
                .isEqualTo(2);
        assertThat(memory.requests)
                .containsExactly(
                        "self-check order-board@2 20 false 42",
                        "self-check order-board@1 1000 false null",
                        "self-check order-board@1 1000 true null",
                        "self-check order-board@3 1000 false null");
    }

    @Test
    void tells_what_was_repaired() {
        CommandRun run = run("repair", "order-board@1", "--differing-from", "2", "--reason", "was wrong");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@1, rows that differ from order-board@2
                HOMES  REPAIRED  SAME  FOLDS' OWN  OTHER'S OWN  LEFT  TOOK
                    3         1     2           0            0     0  1.5 s

                10100
                  before  no row
                  after   {"cents":2}

                in the audit trail as 00000000-0000-0000-0000-000000000001
                """);
        assertThat(memory.requests)
                .containsExactly("repair order-board@1, rows that differ from order-board@2, false, ada, was wrong");
    }

    @Test
    void tells_what_a_repair_could_not_do_and_exits_with_1() {
        CommandRun run = run("repair", "order-board@2", "--home", "1", "--home", "2");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        """
                the folds differ, so no repair helps: 10102

                the other version's row is wrong: 10103

                LEFT AS IT WAS  BECAUSE
                         10101  the fold threw
                """)
                .contains("\nstopped: the disk is gone\n");
        assertThat(run("repair", "order-board@2", "--home", "1", "--dry-run").code())
                .isZero();
        assertThat(run("repair", "order-board@2").code()).isEqualTo(2);
        assertThat(run("repair", "order-board@2", "--home", "1", "--differing-from", "1")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void lists_the_audit_trail() {
        assertThat(run("repairs", "order-board").out())
                .isEqualTo(
                        """
                2026-01-01T00:00:00Z  order-board@2 home 10100 by ada: was wrong
                  before  no row
                  after   {"cents":2}
                  repair  00000000-0000-0000-0000-000000000001
                """);
        assertThat(run("repairs", "sales-fact").out()).isEqualTo("Nothing was repaired.\n");
    }
}
