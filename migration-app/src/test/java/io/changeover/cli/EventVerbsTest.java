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

/** The verbs that ask a server about the events themselves. */
@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventVerbsTest {

    @LocalServerPort
    int port;

    @TempDir
    Path resources;

    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
    }

    @Test
    void lists_events_with_their_owners_and_readers() {
        CommandRun run = run("events", "list");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        """
                EVENT             TODAY  STORED IN  EVENTS  OWNER            COMPATIBILITY        READ BY
                legacy.noted          -  none            3  -                -                    -
                payment.received      2  1, 2        1,234  accounting team  BACKWARD_TRANSITIVE  dunning (1)
                """);
        assertThat(run("events", "list", "--output", "json").out()).contains("\"hasSchema\" : true");
    }

    @Test
    void shows_one_event_with_what_its_steps_lose() {
        String shown =
                """
                payment.received
                today          revision 2
                domain         sales
                owner          accounting team
                compatibility  BACKWARD_TRANSITIVE
                read by        dunning at revision 1, dunning@sales.example

                REVISION  EVENTS  SAMPLES  SCHEMA  UP TO               DOWN TO             SENSITIVE
                       1   1,200        0  -       payment.received@2  -                   -
                       2      34        2  agreed  -                   payment.received@1  iban

                'payment.received@1' read as 'payment.received@2' loses the time of day
                'payment.received@2' told as 'payment.received@1' loses the currency
                """;
        CommandRun run = run("events", "show", "payment.received");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(shown);
        assertThat(run("events", "show", "payment.received", "--schema").out())
                .isEqualTo(
                        shown
                                + """

                payment.received@1
                no schema has been accepted

                payment.received@2
                {
                  "$schema" : "https://json-schema.org/draft/2020-12/schema",
                  "type" : "object",
                  "properties" : {
                    "iban" : {
                      "type" : "string"
                    }
                  }
                }
                """);
        assertThat(run("events", "show", "legacy.noted").out())
                .isEqualTo(
                        """
                legacy.noted
                today          no class has it
                domain         -
                owner          -
                compatibility  -
                read by        -

                REVISION  EVENTS  SAMPLES  SCHEMA  UP TO  DOWN TO  SENSITIVE
                none           3        0  -       -      -        -
                """);
    }

    @Test
    void passes_on_that_a_name_is_not_known() {
        CommandRun event = run("events", "show", "payment.recieved");
        assertThat(event.code()).isEqualTo(1);
        assertThat(event.err())
                .isEqualTo(
                        "refused: There is no event 'payment.recieved' in any class, step or stored row; list the events to see their names\n");
        CommandRun release = run("events", "rollback-report", "--to", "release 9/x");
        assertThat(release.code()).isEqualTo(1);
        CommandRun other = run("events", "rollback-report", "--to", "release-9");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err())
                .isEqualTo(
                        "refused: Release 'release-9' is not declared; the declared releases are: release-1, release-2\n");
    }

    @Test
    void says_by_table_and_exit_code_what_a_release_could_read() {
        CommandRun all = run("events", "rollback-report", "--to", "release-2");
        assertThat(all.code()).isZero();
        assertThat(all.out())
                .isEqualTo(
                        """
                release-2, told every event up to position 1,300
                EVENT             REVISION  EVENTS  HOW    TARGET              REFUSED  REASON
                payment.received         1   1,200  as is  payment.received@1        0  -
                payment.received         2      40  as is  payment.received@2        0  -

                READ   EVENTS
                as is   1,240
                down        0
                not         0
                """);
        CommandRun some = run("events", "rollback-report", "--to", "release-1");
        assertThat(some.code()).isEqualTo(6);
        assertThat(some.out())
                .isEqualTo(
                        """
                release-1, told every event up to position 1,300
                EVENT             REVISION  EVENTS  HOW         TARGET              REFUSED  REASON
                legacy.noted      none           3  not         -                         0  no step declares a way down from 'legacy.noted without revision'
                payment.received  1          1,200  as is       payment.received@1        0  -
                payment.received  2             40  down        payment.received@1        2  'currency' is 'JPY' but must be 'EUR' (first at position 1,017)
                voucher.used      ''             2  never knew  -                         0  the release has never known such an event and leaves it out

                READ   EVENTS
                as is   1,200
                down       38
                not         7

                'payment.received@2' told as 'payment.received@1' loses the currency
                'payment.received@2' told as 'payment.received@1' loses the means
                """);
        assertThat(run("events", "rollback-report", "--help").out())
                .contains(
                        """
                Exit codes:
                  0   it could read every stored event
                  6   it could not read some of them
                """);
        assertThat(run("events", "rollback-report", "--to", "release-1", "--output", "json")
                        .code())
                .isEqualTo(6);
    }

    @Test
    void writes_samples_that_are_not_there_and_keeps_the_others_with_their_approval() throws Exception {
        Path samples = resources.resolve("changeover/sales/samples/payment.received");
        String approved =
                """
                {
                  "event": "payment.received",
                  "revision": "2",
                  "payload": {
                    "minorUnits": 500.00,
                    "iban": "XX00"
                  },
                  "approved": []
                }
                """;
        String older = approved.replace("\"2\"", "\"1\"");
        Files.createDirectories(samples.resolve("1"));
        Files.createDirectories(samples.resolve("2"));
        Files.writeString(samples.resolve("1/smallest.json"), older);
        Files.writeString(samples.resolve("2/bank.json"), approved);
        CommandRun first = run("samples", "mine", "--resources", resources.toString());
        assertThat(first.code()).isZero();
        assertThat(first.out())
                .isEqualTo(
                        """
                written  %1$s/1/smallest-2.json
                kept     %1$s/2/bank.json
                events of 'payment.received without revision' were left out: nothing becomes of some of them today, so nothing says what of them is sensitive; write a sample by hand if their kind is not among the others
                1 sample written, 1 there already
                """
                                .formatted(samples));
        assertThat(samples.resolve("1/smallest.json")).hasContent(older);
        assertThat(samples.resolve("1/smallest-2.json"))
                .hasContent(
                        """
                {
                  "event": "payment.received",
                  "revision": "1",
                  "payload": {
                    "amount": 1234567890123456.7890
                  }
                }
                """);
        assertThat(samples.resolve("2/bank.json")).hasContent(approved);
        assertThat(run("samples", "mine", "--resources", resources.toString(), "--output", "json")
                        .out())
                .startsWith(
                        """
                {
                  "written" : [ ],
                  "kept" : [ "%1$s/1/smallest-2.json", "%1$s/2/bank.json" ],
                """
                                .formatted(samples));
    }

    @Test
    void mines_only_into_a_folder_of_resources_and_for_a_domain_that_is_there() {
        Path nowhere = resources.resolve("nowhere");
        CommandRun folder = run("samples", "mine", "--resources", nowhere.toString());
        assertThat(folder.code()).isEqualTo(1);
        assertThat(folder.err())
                .isEqualTo(
                        "'%s' must be the folder of the domain's resources, such as src/main/resources, but is not there; correct the path\n"
                                .formatted(nowhere));
        CommandRun domain = run("samples", "mine", "--resources", resources.toString(), "--domain", "films");
        assertThat(domain.code()).isEqualTo(1);
        assertThat(domain.err())
                .isEqualTo("Domain 'films' must have events on the server but has none; correct --domain\n");
        assertThat(run("samples", "mine").code()).isEqualTo(2);
        assertThat(run("samples").code()).isEqualTo(2);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }
}
