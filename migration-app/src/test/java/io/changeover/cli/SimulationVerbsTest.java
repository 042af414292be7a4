package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryOperations;
import io.changeover.operation.Operations;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Verbs that say what would be, and dry runs of those that would do it. */
@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationVerbsTest {

    @LocalServerPort
    int port;

    @Autowired
    Operations operations;

    InMemoryOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryOperations) operations;
        memory.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void a_simulation_tells_ranges_and_how_far_off_those_before_it_were() {
        CommandRun run = run("simulate", "order-board@2", "--sample", "3000");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@2: 300,000 events up to position 300123, of which 3,000 were tried
                  order.placed 200,000
                  order.shipped 100,000
                  40 of those tried need what came before them, and were only parsed
                time     9.5 s, from 5.0 s to 2.1 h
                         by itself: read 4.0 s, write 2 min
                         the last 4 estimates were off by -12 % to +20 %; this one is corrected by 1.08
                rows     200,000 (180,000 to 220,000), by the events that make rows
                disk     19 MiB table, 3.9 MiB (3.8 MiB to 4.0 MiB) indexes; 38 MiB (23 MiB to 86 MiB) write-ahead log on the way
                memory   95 MiB for all rows, of 48 MiB that they may take; what does not fit is written and read back, which takes longer
                load     62 % of the cores, 2 connections
                throttle would hold it back now: operator stops it: stopped by hand
                """);
    }

    @Test
    void the_first_simulation_says_that_nothing_corrects_it() {
        assertThat(run("simulate", "order-board@3").out())
                .contains("no earlier estimate was followed by a backfill, so nothing corrects this one")
                .contains("of which 2,000 were tried")
                .contains("memory   95 MiB for all rows, of 191 MiB that they may take\n")
                .contains("throttle nothing holds it back now");
    }

    @Test
    void what_cannot_be_simulated_is_refused() {
        CommandRun run = run("simulate", "order-board@9");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("refused: Version 'order-board@9' is not built from folds; name one\n");
        assertThat(run("simulate", "order-board@2", "--sample", "7").err())
                .startsWith("refused: Field 'sample' is 7 but must be a whole number from 100 to 100000");
    }

    @Test
    void impact_tells_what_a_change_concerns_and_what_to_run() {
        CommandRun nothing = run("impact", "order-board@1");
        assertThat(nothing.code()).isZero();
        assertThat(nothing.out()).isEqualTo("order-board@1: nothing; its rows are those that these folds make\n");
        CommandRun some = run("impact", "order-board@2");
        assertThat(some.code()).isEqualTo(4);
        assertThat(some.out())
                .isEqualTo(
                        """
                order-board@2: some keys; the rows of 12 of 326 homes may be others
                  because folds of order.shipped changed
                  changeover rebuild order-board@2 --changed  (about 0.4 s)
                  changeover rebuild order-board@2 --all  (about 11 s)
                """);
        assertThat(run("impact", "order-board@3").out())
                .isEqualTo(
                        """
                order-board@3: full rebuild; there are no rows yet
                  because it has not been built to its end
                  changeover backfill order-board  ('changeover simulate order-board@3' tells how long)
                """);
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_does_not_do_it() {
        CommandRun dry = run("declare", "order-board", "--to", "2", "--dry-run");
        assertThat(dry.err()).isEmpty();
        assertThat(dry.code()).isZero();
        assertThat(dry.out())
                .isEqualTo(
                        """
                dry run, nothing was changed; would
                  declare
                    actor: ada
                """);
        assertThat(memory.requests).isEmpty();
        run("declare", "order-board", "--to", "2");
        assertThat(run("abort", "order-board", "--dry-run", "--output", "json").out())
                .isEqualToIgnoringWhitespace(
                        "{\"dryRun\": true, \"would\": [{\"what\": \"abort\", \"details\": {\"actor\": \"ada\"}}]}");
        assertThat(memory.requests).containsExactly("declare ada");
    }

    @Test
    void a_dry_run_is_refused_as_the_run_would_be() {
        CommandRun dry = run("complete", "order-board", "--dry-run");
        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.err()).isEqualTo("refused: View 'order-board' has no open changeover; declare one\n");
    }

    @Test
    void the_throttle_can_be_tried() {
        CommandRun dry = run("throttle", "--workers", "3", "--dry-run");
        assertThat(dry.out()).startsWith("dry run, nothing was changed; would\n  change the limits of the throttle\n");
        assertThat(dry.out()).contains("    maxWorkers: 3\n");
        assertThat(run("throttle", "--output", "json").out()).doesNotContain("\"maxWorkers\" : 3");
    }
}
