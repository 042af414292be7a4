package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportVerbsTest {

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

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
    void changeovers_are_listed_with_what_they_were_like() {
        CommandRun run = run("reports");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                CHANGEOVER  VIEW         VERSIONS  OUTCOME         PLAN     DECLARED              LASTED  ROLLBACKS  DIFFERENCES  FELL BACK
                c-2         order-board  1 to 2    open, declared  -        2026-03-10T14:00:00Z  30.0 s          0            0          0
                c-1         order-board  1 to 2    aborted         careful  2026-03-10T12:00:00Z  1h 02m          1            0          3
                """);
        assertThat(run("reports", "sales").out()).isEqualTo("There was no changeover.\n");
        assertThat(run("reports", "order-board", "--limit", "1").out())
                .contains("c-2")
                .doesNotContain("c-1");
        assertThat(run("reports", "--limit", "0").err())
                .isEqualTo("refused: Parameter 'limit' is '0' but must be a whole number from 1 to 1000; correct it\n");
    }

    @Test
    void a_report_is_printed_in_markdown_in_which_no_text_is_markup() {
        CommandRun run = run("report", "order-board", "c-1");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith(
                        "# Changeover of order-board from version 1 to 2\n\nIt was given up after 1h 02m; version 1 goes on serving.\n")
                .contains("| error budget | 3 of 100 calls fell back, 0 may |\n")
                .contains(
                        "| 2026-03-10T12:20:00Z | 170 | rollback | 10 to 0 % | autopilot | gate errors | errors: 3 % where 1 % at most is required (the new version fails its readers) | order.placed@3 since position 150 |\n")
                .contains("| ann | \\<b\\>new\\</b\\> board |\n")
                .contains(
                        "| 2026-03-10T12:10:00Z | reads-shifted | lag | pass | 3 positions | at most 1,000 positions |  |\n");
        assertThat(run("report", "order-board").out()).contains("It has been open for 30.0 s.");
    }

    @Test
    void a_report_is_written_to_a_file_as_a_page_or_as_json() throws Exception {
        Path page = folder.resolve("report.html");
        CommandRun run = run("report", "order-board", "c-1", "--format", "html", "--out", page.toString());
        assertThat(run.out()).isEqualTo("The report is in %s\n".formatted(page));
        assertThat(Files.readString(page))
                .startsWith("<!DOCTYPE html>\n")
                .contains("<td>&lt;b&gt;new&lt;/b&gt; board</td>")
                .endsWith("</html>\n");
        assertThat(run("report", "order-board", "c-1", "--format", "json").out())
                .contains("\"id\" : \"c-1\"");
    }

    @Test
    void two_changeovers_stand_side_by_side() {
        CommandRun run = run("report", "--compare", "c-1", "c-2");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("FIGURE  ")
                .containsPattern("time in shifting +52m 05s +-\n")
                .containsPattern("error budget spent +3 +0\n");
        assertThat(run("report", "--compare", "c-1", "c-2", "--format", "markdown")
                        .out())
                .contains("| time in shifting | 52m 05s | - |");
        CommandRun alone = run("report", "--compare", "c-1");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err())
                .startsWith("--compare takes two changeovers; name both, as 'changeover reports' lists them\n");
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun other = run("report", "order-board", "c-9");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).isEqualTo("refused: View 'order-board' has had no changeover 'c-9'\n");
    }
}
