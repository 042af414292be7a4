package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryPlanOperations;
import io.changeover.changeover.GateReading;
import io.changeover.operation.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanVerbsTest {

    @LocalServerPort
    int port;

    @Autowired
    InMemoryOperations memory;

    @Autowired
    InMemoryPlanOperations plans;

    @TempDir
    Path folder;

    Map<String, String> environment = new HashMap<>();
    Path good;
    Path bad;

    @BeforeEach
    void begin_anew() throws Exception {
        memory.reset();
        plans.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
        good = Files.writeString(
                folder.resolve("good.yaml"),
                "name: careful\nto: 2\nsteps:\n  - {percent: 25, soak: 1h, approval: approver}\n  - {percent: 100, soak: 1h}\n");
        bad = Files.writeString(folder.resolve("bad.yaml"), "to: two\nstep: []\n");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void checks_a_file_without_a_server_and_tells_every_problem_at_its_place() {
        environment.clear();
        CommandRun ok = run("plan", "check", good.toString());
        assertThat(ok.code()).isZero();
        assertThat(ok.out())
                .isEqualTo(
                        "%s: plan 'careful' can be carried out: 25 %% for 1h (approved by 'approver'), 100 %% for 1d1h\n"
                                .formatted(good));
        CommandRun refused = run("plan", "check", bad.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo(
                        """
                %1$s:1:5: to is 'two' but must be a version from 1 to 999999; correct it
                %1$s:2:1: key 'step' is not known in a plan, perhaps 'steps' is meant; correct it or take it out
                """
                                .formatted(bad));
        CommandRun missing = run("plan", "check", folder.resolve("none.yaml").toString());
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo(
                        "File '%s' must be readable text in UTF-8 but is not; correct the path, its permissions or its encoding\n"
                                .formatted(folder.resolve("none.yaml")));
    }

    @Test
    void prints_the_standard_plan_as_a_file_that_it_takes() throws Exception {
        String text = run("plan", "default").out();
        Path file = Files.writeString(folder.resolve("default.yaml"), text);
        assertThat(run("plan", "check", file.toString()).code()).isZero();
        assertThat(text).startsWith("name: default\nshadow: 10m\nsteps:\n");
    }

    @Test
    void declares_with_a_plan_and_shows_what_it_does() {
        assertThat(run("declare", "order-board", "--plan", good.toString()).out())
                .contains("order-board 1 to 2: declared, 0 %")
                .contains("plan      careful\n");
        assertThat(plans.requests).containsExactly("adopt careful ada");
        memory.plan = "default";
        CommandRun shown = run("plan", "show", "order-board");
        assertThat(shown.out())
                .isEqualTo(
                        """
                plan 'default' for order-board 1 to 2, shifting, 5 %, adopted

                STEP    STATE  STAYS  EARLIEST              WAITS FOR             WHAT
                shadow  done   10m    -                     -                     shadow reads
                25 %    ahead  30m    2026-03-10T12:00:00Z  approval of approver  moves 25 % of readers to order-board@2
                drop    ahead  -      -                     a person              drops the table of order-board@1

                GATE  VERDICT  MEASURED     REQUIRED      REASON
                lag   pass     3 positions  at most 1000  -
                """);
        assertThat(run("plan", "show", "order-board", good.toString()).out())
                .startsWith("plan 'careful' for order-board 1 to 2, which would be declared first\n");
        assertThat(run("plan", "show", "order-board", good.toString(), "--yaml").out())
                .startsWith("name: careful\nto: 2\n");
    }

    @Test
    void a_plan_that_cannot_be_leaves_nothing_declared_and_a_version_must_be_named() {
        assertThat(run("declare", "order-board", "--to", "2", "--plan", bad.toString())
                        .code())
                .isEqualTo(1);
        assertThat(run("plan", "adopt", "order-board", bad.toString()).code()).isEqualTo(1);
        CommandRun nowhere = run("declare", "order-board");
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err())
                .startsWith("A changeover leads to a version, and neither --to nor a plan names one; add --to\n");
        assertThat(memory.requests).isEmpty();
        assertThat(run("plan", "show", "order-board").err())
                .isEqualTo("refused: The changeover of view 'order-board' has no plan\n");
    }

    @Test
    void tells_what_gates_say_by_table_and_exit_code() {
        run("declare", "order-board", "--to", "2");
        CommandRun none = run("gates", "order-board");
        assertThat(none.code()).isEqualTo(5);
        assertThat(none.out()).isEqualTo("No gate was asked: the changeover has no plan.\n");
        run("plan", "adopt", "order-board", good.toString());
        assertThat(run("gates", "order-board").code()).isZero();
        plans.gates = List.of(GateReading.hold("errors", "4 calls", "at least 20", "too few; wait"));
        CommandRun holds = run("gates", "order-board");
        assertThat(holds.code()).isEqualTo(5);
        assertThat(holds.out())
                .isEqualTo(
                        """
                GATE    VERDICT  MEASURED  REQUIRED     REASON
                errors  hold     4 calls   at least 20  too few; wait
                """);
        plans.gates = List.of(
                GateReading.hold("errors", "4 calls", "at least 20", "too few; wait"),
                GateReading.refuse("latency", "3 times", "at most 2", "slow"));
        assertThat(run("gates", "order-board").code()).isEqualTo(4);
    }

    @Test
    void approves_steps_pauses_and_resumes_a_changeover_each_under_a_key_of_its_own() {
        run("declare", "order-board", "--to", "2");
        assertThat(run("approve", "order-board", "25", "--reason", "looked").code())
                .isZero();
        assertThat(run("approve", "order-board", "25", "--role", "boss").code()).isEqualTo(1);
        assertThat(run("step", "order-board").code()).isZero();
        assertThat(run("pause", "order-board", "--reason", "lunch").out()).contains("halted    paused by ada: lunch\n");
        assertThat(run("resume", "order-board").out()).doesNotContain("halted");
        assertThat(plans.requests)
                .containsExactly(
                        "approve 25 [admin, approver, operator, viewer] ada looked",
                        "approve 25 [] ada",
                        "step ada",
                        "pause ada lunch",
                        "resume ada");
        assertThat(plans.commandIds).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f-]{36}"));
        CommandRun wrong = run("pause", "order-board@two");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith(
                        "'order-board@two' must name a view version such as 'order-board@2'; add the version after an @\n");
    }

    @Test
    void asks_once_more_under_the_same_key_when_the_connection_breaks_before_an_answer() throws Exception {
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            keys.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.getRequestBody().readAllBytes();
            if (keys.size() > 1) {
                byte[] answer = "{\"view\": \"order-board\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        try {
            environment.put(
                    "CHANGEOVER_SERVER",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(run("pause", "order-board").code()).isZero();
        } finally {
            server.stop(0);
        }
        assertThat(keys).hasSize(2).containsOnly(keys.get(0));
        assertThat(keys.get(0)).matches("/api/changeovers/order-board/pause [0-9a-f-]{36}");
    }

    @Test
    void watches_a_changeover_to_its_end_with_a_line_for_each_change() throws Exception {
        run("declare", "order-board", "--to", "2", "--plan", good.toString());
        plans.gates = List.of(GateReading.hold("errors", "4 calls", "at least 20", "too few; wait"));
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> watch = watching(out);
        await(out, "order-board 1 to 2: declared, 0 %, gate errors holds\n");
        plans.gates = List.of(GateReading.refuse("errors", "2 %", "at most 1 %", "look at them"));
        await(out, "order-board 1 to 2: declared, 0 %, gate errors refuses\n");
        plans.pause("order-board", new Request("bob", "night"));
        await(out, "declared, 0 %, halted: paused by bob: night, gate errors refuses\n");
        memory.startBackfill("order-board", Request.by("bob"));
        await(out, "order-board 1 to 2: catching-up, 0 %, halted");
        memory.shift("order-board", 100, Request.by("bob"));
        await(out, "order-board 1 to 2: serving, 100 %, halted");
        memory.complete("order-board", Request.by("bob"));
        assertThat(watch.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString())
                .contains("order-board 1 to 2: completed, 100 %  since")
                .containsOnlyOnce("declared, 0 %, gate errors holds");
    }

    @Test
    void on_a_terminal_it_redraws_in_place_and_an_aborted_changeover_is_told_by_the_exit_code() throws Exception {
        run("declare", "order-board", "--plan", good.toString());
        plans.gates = List.of(GateReading.hold("errors", "4 calls", "at least 20", "too few; wait"));
        environment.put("CHANGEOVER_TERMINAL", "1");
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> watch = watching(out);
        await(
                out,
                "order-board 1 to 2: declared, 0 %\ngate      errors holds, with 4 calls where at least 20 is required: too few; wait\n\u001b[2A\u001b[J");
        memory.abort("order-board", Request.by("bob"));
        assertThat(watch.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(out.toString()).contains("order-board 1 to 2: aborted, 0 %  since");
    }

    @Test
    void a_watch_is_of_one_view_and_looks_at_sensible_times() {
        assertThat(run("status", "--watch").err()).startsWith("--watch follows one view; name it\n");
        assertThat(run("status", "order-board", "--interval", "2s").err())
                .startsWith("--interval goes with --watch; add that, or leave it out\n");
        assertThat(run("status", "order-board", "--watch", "--interval", "never")
                        .err())
                .startsWith("--interval 'never' must be a time such as 2s, from PT0.1S to 1h; correct it\n");
    }

    private CompletableFuture<Integer> watching(StringWriter out) {
        return CompletableFuture.supplyAsync(() -> ChangeoverCommand.commandLine(environment)
                .setOut(new PrintWriter(out))
                .execute("status", "order-board", "--watch", "--interval", "PT0.1S"));
    }

    private static void await(StringWriter out, String text) throws InterruptedException {
        for (int look = 0; look < 600 && !out.toString().contains(text); look++) {
            Thread.sleep(50);
        }
        assertThat(out.toString()).contains(text);
    }
}
