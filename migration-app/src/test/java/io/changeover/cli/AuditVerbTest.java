package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditVerbTest {

    @LocalServerPort
    int port;

    private CommandRun run(String... arguments) {
        return CommandRun.of(
                Map.of(
                        "CHANGEOVER_SERVER",
                        "http://127.0.0.1:" + port,
                        "CHANGEOVER_TOKEN",
                        ChangeoverCommandTest.TOKEN),
                arguments);
    }

    @Test
    void audit_shows_who_did_what_and_how_to_go_on() {
        CommandRun run = run("audit", "--limit", "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                TIME                  WHAT           SUBJECT      BY   SAYS                                            GATES     REASON
                2026-03-10T12:00:00Z  reads-shifted  order-board  ann  10 %% of readers on the new version, 0 %% before  lag pass  <b>first step</b>
                2026-03-10T11:59:59Z  signed-in      bob          bob  -                                               -         -

                older entries: --before 1773143999000000-access-7
                """
                                .formatted());
    }

    @Test
    void audit_narrows_what_it_shows() {
        assertThat(run("audit", "--actor", "bob", "--output", "json").out()).contains("\"signed-in\"");
        assertThat(run("audit", "--view", "order-board", "--actor", "nobody").out())
                .isEqualTo("no entries\n");
        CommandRun refused = run("audit", "--since", "yesterday");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Parameter 'since' is 'yesterday' but must be a time in UTC");
    }
}
