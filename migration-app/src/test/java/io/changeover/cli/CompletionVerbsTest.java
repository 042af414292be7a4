package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.InMemoryCompletionOperations;
import io.changeover.app.InMemoryDoctorOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.Operations;
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
class CompletionVerbsTest {

    @LocalServerPort
    int port;

    @Autowired
    CompletionOperations completion;

    @Autowired
    DoctorOperations doctor;

    @Autowired
    Operations operations;

    InMemoryCompletionOperations ends;
    InMemoryDoctorOperations findings;
    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void begin_anew() {
        ends = (InMemoryCompletionOperations) completion;
        ends.requests.clear();
        ends.unfinished = null;
        ends.stage = "held";
        findings = (InMemoryDoctorOperations) doctor;
        findings.requests.clear();
        findings.healthy = false;
        ((InMemoryOperations) operations).reset();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    @Test
    void a_version_goes_its_way_out_and_back() {
        CommandRun purged = run("purge", "order-board@1", "--reason", "unread");
        assertThat(purged.err()).isEmpty();
        assertThat(purged.code()).isZero();
        assertThat(purged.out())
                .isEqualTo(
                        """
                order-board@1 is purged since 2027-02-01T10:00:00Z: it follows nothing; its rows lie in views.order_board_v1_purged_c1
                drop may be asked for from 2027-02-08T10:00:00Z on; restore it to go back
                """);
        assertThat(run("restore", "order-board@1").out())
                .isEqualTo(
                        """
                order-board@1 is held since 2027-02-01T10:00:00Z: it is still projected and answers nobody
                purge may be asked for from 2027-02-08T10:00:00Z on; reopen its view to go back
                """);
        assertThat(run("drop", "order-board@1", "--confirm", "order-board@1").out())
                .isEqualTo(
                        """
                order-board@1 is dropped since 2027-02-01T10:00:00Z: it is gone; a new version of that number is built from nothing
                """);
        assertThat(ends.requests)
                .containsExactly(
                        "purge order-board@1 ada unread", "restore order-board@1 ada ", "drop order-board@1 ada ");
    }

    @Test
    void what_is_not_carried_out_yet_has_an_exit_code_of_its_own() {
        ends.unfinished = "purged is decided, held is carried out, because a node still works on it (node-2)";
        CommandRun purged = run("purge", "order-board@1");
        assertThat(purged.code()).isEqualTo(5);
        assertThat(purged.out())
                .endsWith(
                        "\nnot carried out yet: purged is decided, held is carried out, because a node still works on it (node-2); nodes go on with it by themselves\n");
    }

    @Test
    void a_drop_wants_the_version_once_more() {
        assertThat(run("drop", "order-board@1").code()).isEqualTo(2);
        CommandRun other = run("drop", "order-board@1", "--confirm", "order-board@2");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .startsWith(
                        "--confirm 'order-board@2' must name 'order-board@1', which would be gone for good; correct one of them\n");
        assertThat(ends.requests).isEmpty();
    }

    @Test
    void a_completion_is_taken_back() {
        run("declare", "order-board", "--to", "2");
        CommandRun reopened = run("reopen", "order-board", "--reason", "wrong totals");
        assertThat(reopened.code()).isZero();
        assertThat(reopened.out()).startsWith("order-board 1 to 2: ");
        assertThat(ends.requests).containsExactly("reopen order-board ada wrong totals");
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() {
        CommandRun other = run("purge", "order-board@2");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).isEqualTo("refused: Version 'order-board@2' is not given up\n");
    }

    @Test
    void the_doctor_looks_and_changes_nothing() {
        CommandRun look = run("doctor");
        assertThat(look.code()).isEqualTo(4);
        assertThat(look.out())
                .isEqualTo(
                        """
                left-over-token: order-board@9
                found   its segment 0 has a token
                means   a new version misses events
                --mend  the token is removed

                left-over-table: views.order_board_v9
                found   a table of that name is there
                means   it takes up space
                by hand drop table views.order_board_v9

                2 checks found 2 things that should not be.
                """);
        assertThat(run("doctor", "--dry-run").out()).isEqualTo(look.out());
        assertThat(findings.requests).isEmpty();
        findings.healthy = true;
        CommandRun healthy = run("doctor");
        assertThat(healthy.code()).isZero();
        assertThat(healthy.out()).isEqualTo("2 checks found nothing that should not be.\n");
    }

    @Test
    void the_doctor_mends_when_it_is_told_to() {
        CommandRun mended = run("doctor", "--mend", "--reason", "after the crash");
        assertThat(mended.code()).isEqualTo(4);
        assertThat(mended.out()).contains("\ndone    the token was removed\n").contains("\nby hand drop table");
        assertThat(findings.requests).containsExactly("ada after the crash");
    }

    @Test
    void a_reason_without_anything_to_mend_is_not_sent() {
        CommandRun idle = run("doctor", "--reason", "none");
        assertThat(idle.code()).isEqualTo(2);
        assertThat(idle.err()).startsWith("--reason needs --mend; add it, or leave the reason out to look only\n");
        assertThat(findings.requests).isEmpty();
    }
}
