package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that look at the domain on the class path instead of a server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DomainVerbsTest {

    private static final String SAMPLE = "ticket.sold/1/smallest.json";

    private static final String APPROVED =
            """
            {
              "event": "ticket.sold",
              "revision": "1",
              "payload": {
                "seat": "A1"
              },
              "approved": [
                {
                  "event": "ticket.sold",
                  "revision": "2",
                  "payload": {
                    "seat": "A1",
                    "kind": "FULL"
                  }
                }
              ]
            }
            """;

    @TempDir
    Path resources;

    @TempDir
    Path jar;

    ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void begin_anew() {
        TicketsDomain.reset();
    }

    @AfterEach
    void leave_nothing_behind() {
        TicketsDomain.reset();
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void schemas_are_checked_accepted_and_checked_again_until_the_class_changes() throws Exception {
        CommandRun nothingAgreed = run("schemas", "check");
        assertThat(nothingAgreed.code()).isEqualTo(1);
        assertThat(nothingAgreed.out())
                .isEqualTo(
                        """
                tickets: 2 problems
                - ticket.sold@2 (owner: box office; read by: usher at revision 1)
                    is new
                  look at it, then accept it with 'changeover schemas accept'
                - ticket.sold@1 (owner: box office; read by: usher at revision 1)
                    has a step but no schema in the lock
                  mine samples of it with 'changeover samples mine', look at it, then accept it with 'changeover schemas accept'
                note: 'ticket.sold@2' told as 'ticket.sold@1' loses which tickets are reduced
                """);

        CommandRun withoutSample = run("schemas", "accept", "--resources", resources.toString());
        assertThat(withoutSample.code()).isEqualTo(1);
        assertThat(withoutSample.out()).isEmpty();
        assertThat(withoutSample.err())
                .isEqualTo(
                        """
                The schemas of 'tickets' cannot be accepted:
                - ticket.sold@1 (owner: box office; read by: usher at revision 1)
                    has a step but neither a schema in the lock nor a sample to infer it from
                  mine samples with 'changeover samples mine', or write one, then accept again
                """);
        assertThat(lock()).doesNotExist();

        write(SAMPLE, APPROVED);
        CommandRun accepted = run("schemas", "accept", "--resources", resources.toString());
        assertThat(accepted.code()).isZero();
        assertThat(accepted.out())
                .isEqualTo(
                        """
                new      ticket.sold@1, as 1 sample shows it
                new      ticket.sold@2, as its class has it
                written to %s
                """
                                .formatted(lock()));
        assertThat(lock()).content().contains("\"ticket.sold\"");

        CommandRun agreed = run("schemas", "check", "--resources", resources.toString());
        assertThat(agreed.code()).isZero();
        assertThat(agreed.out())
                .isEqualTo(
                        """
                tickets: 2 revisions as agreed
                note: 'ticket.sold@2' told as 'ticket.sold@1' loses which tickets are reduced
                """);
        assertThat(run("schemas", "accept", "--resources", resources.toString()).out())
                .isEqualTo("tickets: nothing to accept, 2 revisions as agreed\n");

        TicketsDomain.event = TicketsDomain.TicketSoldWithRow.class;
        String changed =
                """
                - ticket.sold@2 (owner: box office; read by: usher at revision 1)
                    field 'row' was added (a whole number of 32 bits)
                  the event changed without a new revision; give the class revision 3 and declare the step from 'ticket.sold@2', or take the change back (if no event was ever stored in it: 'changeover schemas accept --replace ticket.sold@2')
                """;
        CommandRun different = run("schemas", "check", "--resources", resources.toString());
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).isEqualTo("tickets: 1 problem\n" + changed);
        CommandRun refused = run("schemas", "accept", "--resources", resources.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("The schemas of 'tickets' cannot be accepted:\n" + changed);
        CommandRun replaced =
                run("schemas", "accept", "--resources", resources.toString(), "--replace", "ticket.sold@2");
        assertThat(replaced.code()).isZero();
        assertThat(replaced.out())
                .isEqualTo(
                        """
                changed  ticket.sold@2, as its class has it
                    field 'row' was added (a whole number of 32 bits)
                written to %s
                """
                                .formatted(lock()));
        assertThat(run("schemas", "check", "--resources", resources.toString()).code())
                .isZero();
    }

    @Test
    void only_todays_revision_is_replaced() {
        String folder = resources.toString();
        CommandRun earlier = run("schemas", "accept", "--resources", folder, "--replace", "ticket.sold@1");
        assertThat(earlier.code()).isEqualTo(1);
        assertThat(earlier.err())
                .isEqualTo(
                        "'ticket.sold@1' must be the revision of today's class to be replaced but that is 2; correct --replace\n");
        assertThat(run("schemas", "accept", "--resources", folder, "--replace", "ticket.lost@1")
                        .err())
                .isEqualTo(
                        "'ticket.lost@1' must be the revision of today's class to be replaced but no class has the event; correct --replace\n");
        CommandRun usage = run("schemas", "accept", "--resources", folder, "--replace", "ticket.sold");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.err())
                .startsWith(
                        "Invalid value for option '--replace' (NAME@REV): 'ticket.sold' must name a revision such as 'order.placed@2'; add the revision after an @\n");
    }

    @Test
    void samples_are_approved_once_and_again_when_they_mean_something_else() throws Exception {
        write(
                SAMPLE,
                """
                {
                  "event": "ticket.sold",
                  "revision": "1",
                  "payload": {
                    "seat": "A1"
                  }
                }
                """);
        CommandRun open = run("events", "check", "--resources", resources.toString());
        assertThat(open.code()).isEqualTo(1);
        assertThat(open.out())
                .isEqualTo(
                        """
                - sample 'ticket.sold/1/smallest.json' has not been approved; look at what it means today with 'changeover samples approve', and commit it
                1 problem in 1 step and 1 sample
                """);

        String shown =
                """
                ticket.sold/1/smallest.json
                  stored
                    ticket.sold@1 {
                      "seat" : "A1"
                    }
                  today
                    ticket.sold@2 {
                      "seat" : "A1",
                      "kind" : "FULL"
                    }

                """;
        CommandRun dry = run("samples", "approve", "--resources", resources.toString(), "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).isEqualTo(shown + "1 sample to approve, 0 as approved before\n");
        assertThat(sample()).content().doesNotContain("approved");
        CommandRun approved = run("samples", "approve", "--resources", resources.toString());
        assertThat(approved.code()).isZero();
        assertThat(approved.out()).isEqualTo(shown + "1 sample approved, 0 as approved before\n");
        assertThat(sample()).hasContent(APPROVED);
        assertThat(run("samples", "approve", "--resources", resources.toString(), SAMPLE)
                        .out())
                .isEqualTo("0 samples approved, 1 as approved before\n");
        CommandRun right = run("events", "check", "--resources", resources.toString());
        assertThat(right.code()).isZero();
        assertThat(right.out()).isEqualTo("nothing is wrong in 1 step and 1 sample\n");

        TicketsDomain.kind = "CHILD";
        CommandRun wrong = run("events", "check", "--resources", resources.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out())
                .isEqualTo(
                        """
                - sample 'ticket.sold/1/smallest.json' means something else than was approved: 'kind' was "FULL" and is "CHILD"; mend the step, or approve the change with 'changeover samples approve'
                1 problem in 1 step and 1 sample
                """);
        CommandRun again = run("samples", "approve", "--resources", resources.toString(), sample().toString());
        assertThat(again.out())
                .isEqualTo(
                        """
                ticket.sold/1/smallest.json
                  stored
                    ticket.sold@1 {
                      "seat" : "A1"
                    }
                  approved
                    ticket.sold@2 {
                      "seat" : "A1",
                      "kind" : "FULL"
                    }
                  today
                    ticket.sold@2 {
                      "seat" : "A1",
                      "kind" : "CHILD"
                    }
                  changed: 'kind' was "FULL" and is "CHILD"

                1 sample approved, 0 as approved before
                """);
        assertThat(sample()).hasContent(APPROVED.replace("FULL", "CHILD"));
    }

    @Test
    void a_sample_that_cannot_be_taken_up_is_told_and_left_alone() throws Exception {
        String text = APPROVED.replaceFirst("\"seat\": \"A1\"", "\"seat\": \"A1\", \"kind\": \"FULL\"");
        write(SAMPLE, text);
        CommandRun failed = run("samples", "approve", "--resources", resources.toString());
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEqualTo("0 samples approved, 0 as approved before\n");
        assertThat(failed.err())
                .isEqualTo(
                        "ticket.sold/1/smallest.json cannot be taken up: field 'kind' exists already and would be overwritten; move it away first\n");
        assertThat(sample()).hasContent(text);
    }

    @Test
    void says_in_a_sentence_what_cannot_be_used() throws Exception {
        Path nowhere = resources.resolve("nowhere");
        CommandRun folder = run("samples", "approve", "--resources", nowhere.toString());
        assertThat(folder.code()).isEqualTo(1);
        assertThat(folder.err())
                .isEqualTo(
                        "'%s' must be the folder of the domain's resources, such as src/main/resources, but is not there; correct the path\n"
                                .formatted(nowhere));
        CommandRun path = run("samples", "approve", "--resources", resources.toString(), "ticket.sold/9/x.json");
        assertThat(path.code()).isEqualTo(1);
        assertThat(path.err())
                .isEqualTo(
                        "'ticket.sold/9/x.json' must be the path of a sample below '%s' but none is there; 'changeover events check' names those that need approval\n"
                                .formatted(resources.resolve("changeover/tickets/samples")));
        write(SAMPLE, "[]");
        CommandRun sample = run("events", "check", "--resources", resources.toString());
        assertThat(sample.code()).isEqualTo(1);
        assertThat(sample.err())
                .isEqualTo(
                        "Sample '%s' must be a JSON object; correct the file, or mine it again\n".formatted(sample()));
        Files.writeString(Files.createDirectories(lock().getParent()).resolve("schemas.lock.json"), "[]");
        CommandRun lock = run("schemas", "check", "--resources", resources.toString());
        assertThat(lock.code()).isEqualTo(1);
        assertThat(lock.err())
                .isEqualTo(
                        """
                The lock file of schemas cannot be used:
                  - the file must be a JSON object; restore it from version control
                """);
        TicketsDomain.broken = true;
        CommandRun steps = run("schemas", "check");
        assertThat(steps.code()).isEqualTo(1);
        assertThat(steps.err())
                .isEqualTo(
                        """
                The event steps cannot be used:
                  - the step from 'ticket.sold@1' leads to 'ticket.sold@3', which is neither the revision of today's class (2) nor the source of another step; add the missing step or correct the class
                """);
        TicketsDomain.broken = false;
        TicketsDomain.event = String.class;
        CommandRun type = run("events", "check");
        assertThat(type.code()).isEqualTo(1);
        assertThat(type.err())
                .isEqualTo(
                        """
                The event classes cannot be used:
                  - class 'java.lang.String' has no @EventType; annotate it with a stable name
                """);
        TicketsDomain.event = TicketsDomain.NoRecord.class;
        CommandRun schema = run("schemas", "check");
        assertThat(schema.code()).isEqualTo(1);
        assertThat(schema.err())
                .isEqualTo(
                        """
                The schema of class 'io.changeover.cli.TicketsDomain$NoRecord' cannot be derived:
                  - class 'io.changeover.cli.TicketsDomain$NoRecord' must be a record, because its components are the fields of its JSON; make it one
                """);
    }

    @Test
    void says_which_file_cannot_be_written() throws Exception {
        write(SAMPLE, APPROVED);
        Files.createDirectories(lock());
        CommandRun run = run("schemas", "accept", "--resources", resources.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "A file must be readable and writable but is not: java.nio.file.FileSystemException: %s: Is a directory; correct its permissions or the path\n"
                                .formatted(lock()));
    }

    @Test
    void a_folder_belongs_to_one_of_several_domains() throws Exception {
        service(SnacksDomain.class.getName(), before);
        CommandRun several = run("schemas", "accept", "--resources", resources.toString());
        assertThat(several.code()).isEqualTo(1);
        assertThat(several.err())
                .isEqualTo(
                        "Folder '%s' must belong to one domain but the class path has several: snacks, tickets; name it with --domain\n"
                                .formatted(resources));
        CommandRun unknown = run("schemas", "check", "--domain", "films");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err())
                .isEqualTo("There is no domain 'films' on the class path; its domains are: snacks, tickets\n");
        CommandRun both = run("schemas", "check");
        assertThat(both.code()).isEqualTo(1);
        assertThat(both.out()).startsWith("snacks: 0 revisions as agreed\ntickets: 2 problems\n");
        CommandRun named = run("schemas", "check", "--domain", "snacks", "--resources", resources.toString());
        assertThat(named.code()).isZero();
        assertThat(named.out()).isEqualTo("snacks: 0 revisions as agreed\n");
    }

    @Test
    void says_what_to_do_where_no_domain_is_there() throws Exception {
        service("no.such.Domain", before);
        CommandRun broken = run("schemas", "check");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err())
                .isEqualTo(
                        "A domain on the class path cannot be used: io.changeover.catalog.EventDomain: Provider no.such.Domain not found; correct META-INF/services/io.changeover.catalog.EventDomain, or the class that it names\n");
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        CommandRun none = run("events", "check");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err())
                .isEqualTo(
                        "The class path must have the jar of a domain but has none; set CHANGEOVER_DOMAIN to the folder of a jar that names its EventDomain in META-INF/services/io.changeover.catalog.EventDomain\n");
    }

    private void service(String domain, ClassLoader parent) throws Exception {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.changeover.catalog.EventDomain"), domain);
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent));
    }

    private void write(String sample, String text) throws Exception {
        Path file = resources.resolve("changeover/tickets/samples").resolve(sample);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path sample() {
        return resources.resolve("changeover/tickets/samples").resolve(SAMPLE);
    }

    private Path lock() {
        return resources.resolve("changeover/tickets/schemas.lock.json");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Map.of(), arguments);
    }
}
