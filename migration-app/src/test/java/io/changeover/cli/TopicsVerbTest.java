package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryTopicOperations;
import io.changeover.operation.TopicOperations;
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
class TopicsVerbTest {

    @LocalServerPort
    int port;

    @Autowired
    TopicOperations operations;

    InMemoryTopicOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryTopicOperations) operations;
        memory.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void it_shows_what_each_topic_promises_how_far_it_is_and_why_one_waits() {
        CommandRun run = run("topics");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                TOPIC      POSITION  BEHIND  SKIPPED  NODE    SUNSET                PROMISES
                orders.v1     1,099     101        0  node-1  2027-06-30T00:00:00Z  order.placed@1
                orders.v2     1,200       0        0  node-2  -                     order.placed@3

                The event at position 1100 cannot be put on topic 'orders.v1', and those after it wait: no way down
                """);
    }

    @Test
    void an_event_is_left_out_with_a_reason() {
        CommandRun run = run("topics", "skip", "orders.v1", "1100", "--reason", "written by a test");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("orders.v1 is at position 1,099, 101 positions behind, 1 skipped\n");
        assertThat(memory.requests).containsExactly("skip orders.v1 1100 ada written by a test");
        assertThat(run("topics").code()).isZero();
        assertThat(run("topics", "skip", "orders.v1", "1100").code()).isEqualTo(2);
    }

    @Test
    void a_topic_begins_again_unless_it_gets_on() {
        assertThat(run("topics", "restart", "orders.v1", "--reason", "a new cluster")
                        .code())
                .isZero();
        assertThat(memory.requests).containsExactly("restart orders.v1 ada a new cluster");
        CommandRun refused = run("topics", "restart", "orders.v2");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Topic 'orders.v2' gets on");
    }
}
