package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemorySunsetOperations;
import io.changeover.operation.SunsetOperations;
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
class SunsetVerbTest {

    private static final String AT = "2027-03-01T00:00:00Z";
    private static final String LINK = "https://example.org/moving";

    @LocalServerPort
    int port;

    @Autowired
    SunsetOperations operations;

    InMemorySunsetOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemorySunsetOperations) operations;
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
        run("sunset", "order-board@1", "--withdraw");
        memory.requests.clear();
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void without_options_it_shows_what_is_superseded() {
        CommandRun run = run("sunset", "order-board@1");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                VERSION        DEPRECATED            SUNSET  STATE     SUCCESSOR      LINK
                order-board@1  2027-02-01T10:00:00Z  -       answered  order-board@2  -
                """);
        assertThat(run("sunset", "alone@1").out()).isEqualTo("No version of the view has been superseded.\n");
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void it_settles_an_end_and_withdraws_it() {
        assertThat(run("sunset", "order-board@1", "--at", AT, "--link", LINK, "--reason", "announced")
                        .out())
                .isEqualTo(
                        """
                VERSION        DEPRECATED            SUNSET                STATE     SUCCESSOR      LINK
                order-board@1  2027-02-01T10:00:00Z  2027-03-01T00:00:00Z  answered  order-board@2  https://example.org/moving
                """);
        assertThat(run("sunset", "order-board@1", "--withdraw", "--reason", "too soon")
                        .out())
                .contains("2027-02-01T10:00:00Z  -       answered");
        assertThat(memory.requests)
                .containsExactly(
                        "schedule order-board@1 %s %s ada announced".formatted(AT, LINK),
                        "withdraw order-board@1 ada too soon");
    }

    @Test
    void options_that_exclude_each_other_are_not_sent() {
        CommandRun both = run("sunset", "order-board@1", "--withdraw", "--at", AT);
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).startsWith("--withdraw takes neither --at nor --link; leave them out\n");
        CommandRun alone = run("sunset", "order-board@1", "--link", LINK);
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err())
                .startsWith(
                        "--link, --reason and --dry-run need --at or --withdraw; add one, or leave them out to look only\n");
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun other = run("sunset", "order-board@2", "--at", AT);
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).isEqualTo("refused: Version 'order-board@2' has not been superseded\n");
        CommandRun vague = run("sunset", "order-board@1", "--at", "tomorrow");
        assertThat(vague.code()).isEqualTo(1);
        assertThat(vague.err())
                .isEqualTo(
                        "refused: Field 'at' is \"tomorrow\" but must be a time in UTC such as '2027-03-01T00:00:00Z'; send {\"at\": \"2027-03-01T00:00:00Z\", \"link\": \"https://example.org/moving\", \"reason\": \"announced\"}\n");
    }
}
