package io.changeover.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryOperations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemonstrationTest {

    private static final Request EARLIER = Request.by("earlier");

    private final InMemoryOperations operations = new InMemoryOperations();

    @Test
    void tells_a_whole_changeover() throws Exception {
        assertThat(run().replaceAll("in [0-9]+ ms", "in 5 ms"))
                .isEqualTo(
                        """
                declared   order-board from version 1 (live at position 1,000 with 326 rows) to version 2.
                backfill   1,000 events up to position 1,000 in 2.0 s (200 a second), while version 1 went on serving.
                parity     326 rows compared at position 1,000 in 0.1 s: 326 equal, 0 different, 0 in flight.
                shift      10 % of the readers to version 2. Of 200 sample readers order-board@1 answered 200.
                parity     326 rows compared at position 1,000 in 0.1 s: 326 equal, 0 different, 0 in flight.
                shift      50 % of the readers to version 2. Of 200 sample readers order-board@1 answered 200.
                parity     326 rows compared at position 1,000 in 0.1 s: 326 equal, 0 different, 0 in flight.
                shift      100 % of the readers to version 2. Of 200 sample readers order-board@1 answered 200.
                rollback   all readers back to the old version in 5 ms; it never stopped following, so nothing is lost. Of 200 sample readers order-board@1 answered 200.
                parity     326 rows compared at position 1,000 in 0.1 s: 326 equal, 0 different, 0 in flight.
                shift      100 % of the readers to version 2. Of 200 sample readers order-board@1 answered 200.
                """);
        assertThat(operations.changeover("order-board").percent()).isEqualTo(100);
    }

    @Test
    void goes_on_where_a_killed_run_stood() throws Exception {
        backfilled();
        operations.shift("order-board", 50, EARLIER);
        operations.requests.clear();

        assertThat(run())
                .startsWith(
                        "resumed    the changeover of order-board from version 1 to 2 was left in phase 'shifting' at 50 %.\n");
        assertThat(operations.requests)
                .containsExactly(
                        "verify demo demonstration",
                        "shift 100 demo demonstration",
                        "rollback demo demonstration",
                        "verify demo demonstration",
                        "shift 100 demo demonstration");
    }

    @Test
    void goes_on_with_a_backfill_that_was_running() throws Exception {
        operations.declare("order-board", 2, EARLIER);
        operations.startBackfill("order-board", EARLIER);
        assertThat(run()).contains("resumed", "was left in phase 'backfilling' at 0 %.", "backfill   1,000 events");
    }

    @Test
    void changes_nothing_when_all_readers_have_moved() throws Exception {
        backfilled();
        operations.shift("order-board", 100, EARLIER);
        operations.requests.clear();
        assertThat(run())
                .endsWith(
                        "serving    order-board@2 serves 100 % of the readers already; complete it or roll it back.\n");

        operations.complete("order-board", EARLIER);
        operations.requests.clear();
        assertThat(run()).isEqualTo("done       order-board@2 serves all readers since an earlier changeover.\n");
        assertThat(operations.requests).isEmpty();
    }

    @Test
    void moves_nobody_while_the_versions_differ() throws Exception {
        operations.verdict = Verdict.DIFFERENT;
        assertThat(run())
                .endsWith(
                        """
                parity     326 rows compared at position 1,000 in 0.1 s: 325 equal, 1 different, 0 in flight.
                stopped    1 of 326 rows differs; no reader is moved further.
                """);
        assertThat(operations.changeover("order-board").percent()).isZero();
    }

    private void backfilled() {
        operations.declare("order-board", 2, EARLIER);
        operations.startBackfill("order-board", EARLIER);
        while (operations.changeover("order-board").phase().equals("backfilling")) {
            // Each look brings the backfill further.
        }
    }

    private String run() throws InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new Demonstration(
                        operations,
                        readers -> Map.of("order-board@1", readers),
                        new Teller(new PrintStream(text, true, StandardCharsets.UTF_8), false),
                        "order-board",
                        2)
                .run();
        return text.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
