package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryMirrorOperations;
import io.changeover.operation.MirrorOperations;
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
class MirrorVerbTest {

    @LocalServerPort
    int port;

    @Autowired
    MirrorOperations operations;

    InMemoryMirrorOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryMirrorOperations) operations;
        memory.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void it_shows_how_far_the_topic_is_carried_by_whom_and_why_it_waits() {
        CommandRun run = run("mirror");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                Topic orders.v1 is carried up to position 1,099; 102 positions after it are here without all before it, about 1,000 events in all, 0 skipped

                PARTITION  OFFSET  BEHIND  NODE
                        0   1,000       0  node-1
                        1       7     102  node-2
                        2       0       0  -

                Record 7 of partition 1 of topic 'orders.v1' cannot be carried, and those after it wait: it has no key
                """);
    }

    @Test
    void a_record_is_left_out_with_a_reason() {
        CommandRun run = run("mirror", "skip", "1", "7", "--reason", "written by a test");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("1 skipped");
        assertThat(memory.requests).containsExactly("skip 1/7 ada written by a test");
        assertThat(run("mirror").code()).isZero();
        assertThat(run("mirror", "skip", "1", "7").code()).isEqualTo(2);
        assertThat(run("mirror", "skip", "x", "7", "--reason", "r").code()).isEqualTo(2);
    }

    @Test
    void it_begins_again_unless_it_gets_on() {
        assertThat(run("mirror", "restart", "--reason", "a new cluster").code()).isZero();
        assertThat(memory.requests).containsExactly("restart ada a new cluster");
        CommandRun refused = run("mirror", "restart");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("The mirror of topic 'orders.v1' gets on");
    }
}
