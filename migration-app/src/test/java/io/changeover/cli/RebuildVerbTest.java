package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryRebuildOperations;
import io.changeover.operation.RebuildOperations;
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
class RebuildVerbTest {

    @LocalServerPort
    int port;

    @Autowired
    RebuildOperations operations;

    InMemoryRebuildOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryRebuildOperations) operations;
        memory.requests.clear();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void tells_what_was_rebuilt() {
        CommandRun run = run("rebuild", "order-board@1", "--home", "10100", "--reason", "was wrong");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@1, home 10100
                HOMES  EVENTS  INSERTED  CHANGED  DELETED  SAME  RELEASED  STILL PARKED  TOOK
                    2   1,500         0        1        0     1         0             0  1.5 s

                10100
                  before  no row
                  after   {"orderId":"10100","totalMinorUnits":995}
                """);
        assertThat(memory.requests).containsExactly("order-board@1, home 10100, false, ada, was wrong");
    }

    @Test
    void tells_of_letters_and_of_rows_that_were_left_and_exits_with_1() {
        CommandRun run = run("rebuild", "order-board@2", "--all");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains(
                        """
                parked, because the fold threw

                LEFT AS IT WAS  BECAUSE
                         10101  the database refuses the row

                the version stays marked as it was
                """);
        assertThat(run("rebuild", "order-board@2", "--all", "--dry-run").code()).isZero();
    }

    @Test
    void each_target_reaches_the_server() {
        run("rebuild", "order-board@1", "--home", "1", "--home", "2");
        run("rebuild", "order-board@1", "--where", "status=SHIPPED", "--where", "orderDate>=2004-01-01");
        run("rebuild", "order-board@1", "--differing-from", "2");
        run("rebuild", "order-board@1", "--aggregate", "Order/10/100");
        run("rebuild", "order-board@1", "--positions", "12-30");
        run("rebuild", "order-board@1", "--changed");
        run("rebuild", "order-board@1", "--all", "--dry-run");
        assertThat(memory.requests)
                .containsExactly(
                        "order-board@1, 2 homes, false, ada, ",
                        "order-board@1, rows with status=SHIPPED and orderDate>=2004-01-01, false, ada, ",
                        "order-board@1, rows that differ from order-board@2, false, ada, ",
                        "order-board@1, aggregate Order/10/100, false, ada, ",
                        "order-board@1, positions 12 to 30, false, ada, ",
                        "order-board@1, changed folds, false, ada, ",
                        "order-board@1, everything, true, ada, ");
    }

    @Test
    void exactly_one_target_must_be_named() {
        assertThat(run("rebuild", "order-board@1").code()).isEqualTo(2);
        assertThat(run("rebuild", "order-board@1", "--all", "--changed").code()).isEqualTo(2);
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun refused = run("rebuild", "order-board@3", "--all");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("refused: Version 'order-board@3' has not been built\n");
        assertThat(run("rebuild", "order-board@1", "--positions", "30-12").err())
                .isEqualTo(
                        "refused: Field 'positions' is '30-12' but must be two positions from 1 on, the lower first, such as '1200-1300'; send {\"homes\": [\"10100\"], \"dryRun\": true}\n");
        assertThat(run("rebuild", "order-board@1", "--aggregate", "10100").err())
                .isEqualTo(
                        "refused: Field 'aggregate' is '10100' but must be a type and an identifier such as 'Order/10100'; send {\"homes\": [\"10100\"], \"dryRun\": true}\n");
    }
}
