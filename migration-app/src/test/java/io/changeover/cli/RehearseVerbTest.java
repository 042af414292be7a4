package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RehearseVerbTest {

    @TempDir
    Path folder;

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Map.of("CHANGEOVER_FROM_PASSWORD", "secret"), arguments);
    }

    private static void assertNotUnderstood(String message, String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith(message + "\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void what_cannot_be_rehearsed_is_refused_before_anything_is_started() {
        assertNotUnderstood(
                "The address of the store must begin with jdbc:postgresql: but does not; correct --from",
                "rehearse",
                "order-board",
                "--from",
                "postgres://db/store");
        assertNotUnderstood(
                "The address of the store has a password in it, which other users of this machine can see; take it out and set CHANGEOVER_FROM_PASSWORD",
                "rehearse",
                "order-board",
                "--from",
                "jdbc:postgresql://db/store?user=a&password=b");
        assertNotUnderstood(
                "The sample has 0 aggregates but must have 1 or more; correct --sample",
                "rehearse",
                "order-board",
                "--from",
                "jdbc:postgresql://db/store",
                "--sample",
                "0");
        assertNotUnderstood(
                "--sample and --user belong to --from; add that, or leave them out",
                "rehearse",
                "order-board",
                "--example",
                "--sample",
                "10");
        assertNotUnderstood(
                "Time 'soon' must be such as 1s or 0.5s; correct --soak",
                "rehearse",
                "order-board",
                "--example",
                "--soak",
                "soon");
        assertNotUnderstood(
                "A step of the rehearsal lasts PT2H but must last from 0 to an hour; correct --soak",
                "rehearse",
                "order-board",
                "--example",
                "--soak",
                "2h");
        assertNotUnderstood(
                "Plan 'missing.yaml' is not there; correct --plan",
                "rehearse",
                "order-board",
                "--example",
                "--plan",
                "missing.yaml");
    }

    @Test
    void a_store_has_to_be_named_and_only_one() {
        assertThat(run("rehearse", "order-board").code()).isEqualTo(2);
        CommandRun both = run("rehearse", "order-board", "--example", "--dump", "store.sql");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("mutually exclusive");
    }

    @Test
    void a_failed_rehearsal_exits_with_1_and_writes_its_files() throws Exception {
        Path junit = folder.resolve("rehearsal.xml");
        Path report = folder.resolve("rehearsal.md");
        Path missing = folder.resolve("missing.sql");
        CommandRun run = run(
                "rehearse",
                "order-board",
                "--dump",
                missing.toString(),
                "--junit",
                junit.toString(),
                "--report",
                report.toString());
        assertThat(run.code()).isEqualTo(1);
        String failure = "Dump '%s' is not there; correct --dump".formatted(missing);
        assertThat(run.out())
                .startsWith("FAILED  start: the copy of the store: %s\n".formatted(failure))
                .endsWith("1 of 2 cases failed; do not carry out this plan as it is.\n");
        assertThat(Files.readString(junit))
                .contains("tests=\"2\" failures=\"1\"")
                .contains("<failure message=\"%s\"".formatted(failure));
        assertThat(Files.readString(report)).contains("1 of 2 cases failed: do not carry out this plan as it is.");
    }
}
