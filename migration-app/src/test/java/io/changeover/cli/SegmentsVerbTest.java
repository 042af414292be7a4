package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemorySegmentOperations;
import io.changeover.operation.SegmentOperations;
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
class SegmentsVerbTest {

    @LocalServerPort
    int port;

    @Autowired
    SegmentOperations operations;

    InMemorySegmentOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemorySegmentOperations) operations;
        memory.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void it_shows_who_works_on_which_part_of_the_rows() {
        CommandRun run = run("segments", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                VERSION        SEGMENT    SHARE  POSITION  BEHIND  NODE
                order-board@2        0  100.0 %     1,201       0  node-1
                """);
        assertThat(run("segments").err()).startsWith("Missing required parameter: 'VIEW'");
        assertThat(run("segments", "nothing").code()).isEqualTo(1);
    }

    @Test
    void a_segment_is_split_and_merged_again() {
        CommandRun split = run("segments", "split", "order-board@2", "0", "--reason", "two nodes");
        assertThat(split.err()).isEmpty();
        assertThat(split.code()).isZero();
        assertThat(split.out())
                .isEqualTo(
                        """
                VERSION        SEGMENT   SHARE  POSITION  BEHIND  NODE
                order-board@2        0  50.0 %     1,201       0  node-1
                order-board@2        1  50.0 %     1,190      11  -
                """);
        assertThat(run("segments", "merge", "order-board@2", "1").code()).isZero();
        assertThat(memory.requests)
                .containsExactly("split order-board@2 0 ada two nodes", "merge order-board@2 1 ada ");
    }

    @Test
    void a_refusal_says_what_to_do() {
        CommandRun merge = run("segments", "merge", "order-board@2", "0");
        assertThat(merge.code()).isEqualTo(1);
        assertThat(merge.err()).contains("Segment 0 is the only one of version 'order-board@2'; leave it");
    }
}
