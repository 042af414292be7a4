package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryComparisonOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.parity.ParityReport.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
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
class ComparisonVerbsTest {

    private static final String ID = InMemoryComparisonOperations.ID.toString();

    @LocalServerPort
    int port;

    @Autowired
    InMemoryOperations operations;

    @Autowired
    InMemoryComparisonOperations comparisons;

    @TempDir
    Path folder;

    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void begin_anew() {
        operations.reset();
        comparisons.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void compare_shows_progress_on_a_terminal_and_the_report_at_the_end() {
        environment.put("CHANGEOVER_TERMINAL", "yes");
        CommandRun run = run("compare", "order-board", "1", "2", "--reason", "nightly");
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .startsWith(
                        "\r[############..................]  40 %  130 rows  130/s  3.0 s left  1 differ   \r[####");
        assertThat(run.out())
                .endsWith(
                        """

                comparison  00000000-0000-4000-8000-000000000001
                plan        compared in the database
                ranges      1, no snapshot longer than 0.1 s
                """);
        assertThat(comparisons.requests).containsExactly("start ada nightly");
    }

    @Test
    void compare_need_not_wait() {
        CommandRun run = run("compare", "order-board", "1", "2", "--no-wait");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                comparison 00000000-0000-4000-8000-000000000001 of order-board@1 and order-board@2: running
                [############..................]  40 %  130 rows  130/s  3.0 s left  1 differ
                """);
        assertThat(run("comparison", "status", ID).out()).isEqualTo(run.out());
        assertThat(run("comparison", "status", ID, "--watch").code()).isZero();
    }

    @Test
    void a_note_stands_before_the_report() {
        operations.verdict = Verdict.DIFFERENT;
        comparisons.note = "Stopped early";
        CommandRun run = run("compare", "order-board", "1", "2");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).startsWith("Stopped early\n\norder-board@1 and order-board@2: different. 1 of 326");
        assertThat(run("comparison", "status", ID).code()).isEqualTo(4);
        assertThat(run("compare", "order-board", "1", "2", "--output", "json").out())
                .contains("\"verdict\" : \"different\"", "\"id\" : \"" + ID + "\"", "\"note\" : \"Stopped early\"");
    }

    @Test
    void one_that_was_cancelled_has_no_report() {
        run("compare", "order-board", "1", "2", "--no-wait");
        CommandRun run = run("comparison", "cancel", ID, "--reason", "lunch");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                comparison 00000000-0000-4000-8000-000000000001 of order-board@1 and order-board@2: cancelled
                [##############################] 100 %  326 rows  326/s  complete  1 differ
                Cancelled by ada: lunch
                """);
        assertThat(run("comparison", "status", ID).code()).isEqualTo(1);
        assertThat(run("comparison", "cancel", ID).err()).isEqualTo("refused: Comparison '%s' is over\n".formatted(ID));
    }

    @Test
    void comparisons_are_listed_with_their_notes() {
        assertThat(run("comparisons", "order-board").out()).isEqualTo("No comparison is kept.\n");
        operations.verdict = Verdict.DIFFERENT;
        comparisons.note = "Stopped early";
        run("compare", "order-board", "1", "2");
        CommandRun run = run("comparisons", "order-board");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                COMPARISON                            LEFT           RIGHT          STATE  VERDICT    DIFFERING  STARTED AT            BY
                00000000-0000-4000-8000-000000000001  order-board@1  order-board@2  done   different          1  2026-03-01T10:00:00Z  ada

                00000000-0000-4000-8000-000000000001: Stopped early
                """);
    }

    @Test
    void differences_are_shown_in_groups() {
        assertThat(run("differences", "order-board").err())
                .isEqualTo(
                        "refused: View 'order-board' has no comparison that is done; run 'changeover compare order-board LEFT RIGHT' first\n");
        run("compare", "order-board", "1", "2");
        CommandRun run = run("differences", "order-board");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                order-board@1 and order-board@2: 3 rows differ, comparison 00000000-0000-4000-8000-000000000001

                KIND       ROWS
                different     2
                missing       1

                FIELD            ROWS  LEAST RIGHT - LEFT  GREATEST    SUM
                status              2                   -         -      -
                totalMinorUnits     1                 -10       -10  -10.5

                status, the commonest values
                LEFT       RIGHT  ROWS
                'SHIPPED'  -         2

                totalMinorUnits, the commonest values
                LEFT  RIGHT  ROWS
                 100     90     1
                """);
        assertThat(run("differences", ID).out()).isEqualTo(run.out());
    }

    @Test
    void an_export_goes_to_a_file_or_to_standard_output() throws IOException {
        run("compare", "order-board", "1", "2");
        Path file = folder.resolve("all.csv");
        Files.writeString(file, "what was there before");
        CommandRun run = run("export", "order-board", "--output", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("3 differences of comparison %s in %s\n".formatted(ID, file));
        assertThat(run.code()).isZero();
        assertThat(Files.readString(file)).startsWith("kind,orderId,").endsWith("-5,\r\n");
        assertThat(files()).containsExactly("all.csv");
        CommandRun printed = run("export", ID, "--format", "jsonl");
        assertThat(printed.code()).isZero();
        assertThat(printed.out().lines()).hasSize(3);
    }

    @Test
    void an_export_that_is_cut_off_leaves_no_file_and_says_so() throws IOException {
        run("compare", "order-board", "1", "2");
        comparisons.lost = 1;
        Path file = folder.resolve("all.jsonl");
        CommandRun run = run("export", ID, "--format", "jsonl", "--output", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .matches(
                        "The export of comparison %s was cut off after \\d of 3 differences, so '%s' was not written; run it again\n"
                                .formatted(ID, file));
        assertThat(run.out()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void an_export_of_one_that_runs_is_refused() throws IOException {
        run("compare", "order-board", "1", "2", "--no-wait");
        Path file = folder.resolve("all.csv");
        CommandRun run = run("export", ID, "--output", file.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("refused: Comparison '%s' still runs\n".formatted(ID));
        assertThat(files()).isEmpty();
        assertThat(run("export", "no such/view").code()).isEqualTo(1);
    }

    private Iterable<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
