package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.consumer.ConsumerToken;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
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
class ConsumersVerbTest {

    private static final Pattern TOKEN = Pattern.compile(
            "token \\(for the consumer alone, shown this once\\): ([A-Za-z0-9_-]{43})\nconfiguration: changeover\\.consumers\\.web-shop\\.token-hash=([0-9a-f]{64})\n");

    @LocalServerPort
    int port;

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
    void shows_who_reads_what_and_marks_who_was_never_seen_or_is_not_declared() {
        CommandRun run = run("consumers", "--view", "order-board");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                CONSUMER   OWNER  VERSION             API  TODAY  7 DAYS  LAST SEEN             REMARK
                tax        books  order-board           -      -       -  -                     never seen
                web-shop   sales  customer-account@1    -      0       7  2026-03-09T12:00:00Z  read undeclared
                web-shop   sales  order-board@2         2  1,200  24,000  2026-03-10T12:00:00Z
                anonymous  -      order-board@1         -      3       3  2026-03-10T12:00:00Z  undeclared
                """);
        assertThat(run("consumers", "--view", "other").out())
                .isEqualTo("No consumer is declared and nobody was seen.\n");
    }

    @Test
    void shows_one_consumer_with_its_days() {
        assertThat(run("consumers", "web-shop").out())
                .isEqualTo(
                        """
                web-shop of sales
                contact: sales@shop.example
                reads: order-board
                by API versions: 1, 2
                not older than: PT30S
                sees what it wrote: yes
                authenticates: by a token of its own

                DAY         VERSION        API  BECAUSE  CALLS  LAST SEEN
                2026-03-10  order-board@2  -    serving  1,200  2026-03-10T12:00:00Z
                """);
        assertThat(run("consumers", "tax").out()).isEqualTo("tax of books\nreads: order-board\n\nNever seen.\n");
        assertThat(run("consumers", "anonymous").out()).startsWith("anonymous, undeclared\n\nDAY");
    }

    @Test
    void a_consumer_that_nobody_knows_is_refused() {
        CommandRun run = run("consumers", "nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("refused: There is no consumer 'nobody'\n");
    }

    @Test
    void makes_a_token_with_the_line_of_configuration_that_knows_it_each_time_another_one() {
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:1"); // where nobody answers
        CommandRun run = run("consumers", "token", "web-shop");
        assertThat(run.err()).isEmpty();
        Matcher answer = TOKEN.matcher(run.out());
        assertThat(answer.matches()).isTrue();
        assertThat(new ConsumerToken(answer.group(1)).hash()).isEqualTo(answer.group(2));
        assertThat(run("consumers", "token", "web-shop").out()).isNotEqualTo(run.out());
    }

    @Test
    void a_token_for_a_name_that_no_consumer_can_have_is_not_made() {
        CommandRun run = run("consumers", "token", "Web_Shop");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(
                        "consumer 'Web_Shop' must be named by lower-case words of letters and digits joined by hyphens, such as 'web-shop', with at most 60 characters; rename it\n");
    }
}
