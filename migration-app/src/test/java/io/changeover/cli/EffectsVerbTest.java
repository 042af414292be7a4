package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryEffectOperations;
import io.changeover.operation.EffectOperations;
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
class EffectsVerbTest {

    @LocalServerPort
    int port;

    @Autowired
    EffectOperations operations;

    InMemoryEffectOperations memory;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        memory = (InMemoryEffectOperations) operations;
        memory.reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void it_shows_the_fence_what_has_failed_and_what_is_under_way() {
        CommandRun run = run("effects", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .isEqualTo(
                        """
                acting    order-board@2 since position 1,000
                fence     at position 1,200, 1 position behind it, moved 2026-03-10T12:00:00Z
                effects   1 pending, 1 failed, 1 done, 0 skipped, 0 compensated

                POSITION  EFFECT        VERSION        STATE    ATTEMPTS  CHANGED               KEY                              NOTE
                   1,100  confirmation  order-board@2  failed         10  2026-03-10T12:00:00Z  order-board/confirmation/e-1100  MessagingException: no route
                   1,150  confirmation  order-board@2  pending         1  2026-03-10T12:00:00Z  order-board/confirmation/e-1150  being carried out by node-2
                     990  confirmation  order-board@1  done            1  2026-03-10T12:00:00Z  order-board/confirmation/e-990   -
                """);
    }

    @Test
    void a_view_without_effects_says_so() {
        CommandRun run = run("effects", "alone");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                view alone has no effects
                effects   0 pending, 0 failed, 0 done, 0 skipped, 0 compensated
                """);
    }

    @Test
    void a_failed_effect_is_retried_or_skipped_in_the_name_of_the_user() {
        assertThat(run("effects", "retry", "order-board", "1100", "confirmation")
                        .code())
                .isZero();
        CommandRun skipped = run("effects", "skip", "order-board", "1100", "confirmation", "--reason", "told them");
        assertThat(skipped.err()).isEmpty();
        assertThat(skipped.out()).contains("skipped         0").endsWith("by ada: told them\n");
        assertThat(run("effects", "order-board").code()).isZero();
        assertThat(memory.requests)
                .containsExactly(
                        "retry order-board 1100 confirmation ada ", "skip order-board 1100 confirmation ada told them");
    }

    @Test
    void what_is_not_understood_is_not_sent() {
        CommandRun silent = run("effects", "skip", "order-board", "1100", "confirmation");
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).startsWith("Missing required option: '--reason=TEXT'\n");
        CommandRun nothing = run("effects");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("Missing required parameter: 'VIEW'\n");
        assertThat(memory.requests).isEmpty();
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun other = run("effects", "retry", "order-board", "7", "confirmation", "--reason", "again");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).isEqualTo("refused: There is no such effect\n");
    }
}
