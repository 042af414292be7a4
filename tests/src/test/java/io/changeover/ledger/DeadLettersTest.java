package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.operation.DeadLetter;
import io.changeover.operation.Request;
import io.changeover.operation.RetryResult;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLettersTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private void build() {
        node.operations().declare("balance", 2, ANN);
        node.backfill("balance");
        caughtUp();
    }

    /** Built, but not complete: it follows, and its letters wait. */
    private void buildWithLetters() {
        node.operations().declare("balance", 2, ANN);
        node.operations().startBackfill("balance", ANN);
        node.awaitState("balance@2", "incomplete");
        caughtUp();
    }

    private void caughtUp() {
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
    }

    private ParityReport compare() {
        return node.operations().compare(V1, V2);
    }

    private List<DeadLetter> letters(VersionId version) {
        return node.operations().deadLetters(version);
    }

    @Test
    void a_live_fold_that_throws_parks_its_home_and_everything_else_goes_on() {
        build();
        LedgerDomain.BROKEN.add("a-2");
        ledger.opened("a-1");
        ledger.opened("a-2");
        ledger.credited("a-2", 500);
        ledger.credited("a-1", 700);
        ledger.credited("a-2", 11);
        caughtUp();
        assertThat(letters(V1)).isEmpty();
        assertThat(letters(V2)).extracting(DeadLetter::home).containsExactly("a-2", "a-2");
        assertThat(letters(V2))
                .extracting(DeadLetter::cause)
                .containsExactly(
                        "the fold of 'Credited' threw java.lang.IllegalStateException: account a-2 is broken",
                        "waits behind an earlier event of the same home");
        assertThat(database.value("select amount from views.balance_v2 where account = 'a-1'"))
                .isEqualTo("7.00");
        ParityReport parked = compare();
        assertThat(parked.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(parked.parked()).isEqualTo(1);
        assertThat(parked.reason())
                .isEqualTo(
                        "no row differs, but 0 rows are still in flight and 1 homes are parked, so nothing is proven");

        RetryResult tooEarly = node.operations().retry(V2, "a-2");
        assertThat(tooEarly.applied()).isZero();
        assertThat(tooEarly.stillParked()).isEqualTo(2);
        assertThat(letters(V2)).extracting(DeadLetter::attempts).containsExactly(2, 1);

        LedgerDomain.BROKEN.clear();
        RetryResult mended = node.operations().retry(V2, "a-2");
        assertThat(mended).isEqualTo(new RetryResult("balance@2", "a-2", 2, 0, null));
        assertThat(letters(V2)).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThatThrownBy(() -> node.operations().retry(V2, "a-2"))
                .hasMessage(
                        "Home 'a-2' of 'balance@2' has no dead letters, and only parked events can be retried; list the dead letters to see which homes wait");
    }

    @Test
    void a_fold_that_throws_in_a_backfill_parks_its_home_and_the_backfill_ends() {
        LedgerDomain.BROKEN.add("a-2");
        for (String account : List.of("a-1", "a-2", "a-3")) {
            ledger.opened(account);
            ledger.credited(account, 100);
            ledger.credited(account, 200);
        }
        buildWithLetters();
        assertThat(letters(V2)).hasSize(2);
        assertThat(compare().rowsCompared()).isEqualTo(2);
        assertThat(node.operations().changeover("balance").phase()).isEqualTo("backfilling");
        assertThat(node.operations().changeover("balance").next()).containsExactly("abort");
        LedgerDomain.BROKEN.clear();
        node.operations().retry(V2, "a-2");
        assertThat(node.operations().changeover("balance").phase()).isEqualTo("catching-up");
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_row_that_the_database_refuses_parks_its_home_only() {
        ledger.opened("a-1");
        ledger.opened("a-2");
        build();
        ledger.marked("a-1", "+400000-01-01T00:00:00Z");
        ledger.credited("a-2", 5);
        ledger.credited("a-1", 6);
        caughtUp();
        assertThat(letters(V2)).extracting(DeadLetter::home).containsExactly("a-1", "a-1");
        assertThat(letters(V2).get(0).cause()).startsWith("the database refuses the row: ");
        assertThat(database.value("select amount from views.balance_v2 where account = 'a-2'"))
                .isEqualTo("0.05");
        assertThat(node.operations().retry(V2, "a-1").applied()).isZero();
        assertThat(letters(V2)).hasSize(2);
    }

    @Test
    void a_row_that_the_database_refuses_in_a_backfill_parks_its_home_only() {
        ledger.opened("a-1");
        ledger.opened("a-2");
        ledger.marked("a-1", "+400000-01-01T00:00:00Z");
        ledger.credited("a-1", 6);
        ledger.credited("a-2", 5);
        buildWithLetters();
        assertThat(letters(V2)).extracting(DeadLetter::home).containsOnly("a-1");
        assertThat(database.value("select amount from views.balance_v2 where account = 'a-2'"))
                .isEqualTo("0.05");
    }

    @Test
    void an_unreadable_event_parks_its_aggregate_in_every_version() {
        build();
        ledger.opened("a-1");
        ledger.opened("a-2");
        ledger.append("a-1", "account.credited", "2", "{\"account\":\"a-1\",\"cen");
        ledger.credited("a-1", 3);
        ledger.credited("a-2", 4);
        caughtUp();
        assertThat(letters(V1)).hasSize(2);
        assertThat(letters(V2)).hasSize(2);
        assertThat(letters(V2).get(0).cause()).contains("(account.credited@2) cannot be read as today's class");
        assertThat(compare().rowsCompared()).isEqualTo(1);
    }

    @Test
    void an_event_whose_step_was_missing_is_applied_in_its_place_once_a_release_brings_the_step() {
        node.close();
        node = LedgerNode.start(database, Map.of());
        build();
        ledger.opened("a-1");
        ledger.credited("a-1", 100);
        ledger.creditedAsOfOld("transfer-9", "a-1", 50);
        ledger.credited("a-1", 7);
        caughtUp();
        assertThat(letters(V2)).extracting(DeadLetter::home).containsExactly("transfer-9");
        assertThat(
                        database.value(
                                "select bool_and(letter.payload = event.payload and letter.metadata = event.meta_data and letter.revision = event.payload_revision and letter.event_id = event.event_identifier) from changeover.dead_letter letter join domain_event_entry event on event.global_index = letter.position"))
                .isEqualTo("t");

        node.close();
        node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class);
        caughtUp();
        assertThat(node.operations().retry(V2, "transfer-9").failure()).isNull();
        assertThat(node.operations().retry(V1, "transfer-9").failure()).isNull();
        assertThat(database.value("select credits::text from views.balance_v2")).isEqualTo("[100, 50, 7]");
        assertThat(database.value("select cents from views.balance_v1")).isEqualTo("157");
        assertThat(letters(V2)).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }
}
