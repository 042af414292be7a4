package io.changeover.legacy.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.ChangeoverStatus;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JpaHandlerVersionTest {

    private static final VersionId V2 = VersionId.parse("savings@2");
    private static final VersionId V3 = VersionId.parse("savings@3");
    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final SavingsStore store = new SavingsStore(database);
    private @Nullable TestNode node;

    @BeforeEach
    void prepare() {
        SavingsProjection.BROKEN.clear();
        database.run(SavingsAccount.TABLE);
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        database.close();
    }

    /** Starts a node on what is in the store, and builds the component's version as an operator would. */
    private ChangeoverStatus build() {
        node = SavingsNode.startWithJpa(database, Map.of(), SavingsV3.Known.class);
        node.operations().declare("savings", 3, ANN);
        node.operations().startBackfill("savings", ANN);
        caughtUp();
        TestNode.await(() -> letters().isEmpty() == changeover().phase().equals("catching-up"));
        return changeover();
    }

    private ChangeoverStatus changeover() {
        return node.operations().changeover("savings");
    }

    private void caughtUp() {
        node.awaitCaughtUp("savings@2");
        node.awaitCaughtUp("savings@3");
    }

    private ParityReport compare() {
        return node.operations().compare(V2, V3);
    }

    private List<DeadLetter> letters() {
        return node.operations().deadLetters(V3);
    }

    @Test
    void a_backfill_and_live_events_give_the_rows_that_the_folds_give() {
        for (int i = 0; i < 20; i++) {
            store.opened("a-" + i);
            store.deposited("a-" + i, 100 + i);
            store.depositedAsOfOld("a-" + i, 1);
        }
        store.closed("a-3");
        store.opened("a-3"); // closed and opened within one batch
        ChangeoverStatus built = build();
        assertThat(built.phase()).isEqualTo("catching-up");
        assertThat(built.backfill().state()).isEqualTo("done");
        assertThat(built.backfill().position()).isEqualTo(built.backfill().horizon());
        assertThat(built.backfill().events()).isGreaterThanOrEqualTo(62);
        assertThat(letters()).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(compare().rowsCompared()).isEqualTo(20);

        store.deposited("a-0", 7);
        store.closed("a-5");
        store.opened("b-1");
        caughtUp();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(node.operations().verify("savings", ANN).verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(node.operations().shift("savings", 50, ANN).percent()).isEqualTo(50);
    }

    @Test
    void a_handler_that_throws_and_a_row_that_the_database_refuses_cost_only_their_aggregates() {
        SavingsProjection.BROKEN.add("a-4");
        for (int i = 0; i < 10; i++) {
            store.opened("a-" + i, i == 7 ? "a name that is much longer than thirty characters" : "anybody");
            store.deposited("a-" + i, 5);
            store.deposited("a-" + i, 6);
        }
        build();
        assertThat(letters()).extracting(DeadLetter::home).containsExactlyInAnyOrder("a-4", "a-4", "a-7", "a-7", "a-7");
        assertThat(letters())
                .extracting(DeadLetter::cause)
                .contains("the handler threw java.lang.IllegalStateException: account a-4 is broken")
                .anyMatch(cause -> cause.contains("value too long for type character varying(30)"));
        ParityReport parked = compare();
        assertThat(parked.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(parked.parked()).isEqualTo(2);
        assertThat(parked.rowsCompared()).isEqualTo(8);

        SavingsProjection.BROKEN.clear();
        database.run("alter table savings_account alter account_owner type text");
        assertThat(node.operations().retry(V3, "a-4").applied()).isEqualTo(2);
        assertThat(node.operations().retry(V3, "a-7").applied()).isEqualTo(3);
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }

    /** Finds accounts in so many transactions at once, and so often in each, that as many connections prepare it. */
    private void prepareOn(int connections) {
        TransactionTemplate own = new TransactionTemplate(
                node.get(PlatformTransactionManager.class),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        own.executeWithoutResult(transaction -> {
            for (int i = 0; i < 10; i++) {
                node.get(SavingsAccounts.class).findById("a-" + i);
            }
            if (connections > 1) {
                prepareOn(connections - 1);
            }
        });
    }

    @Test
    void a_table_that_is_altered_while_connections_have_statements_prepared_for_it_costs_no_event() {
        SavingsProjection.BROKEN.add("a-1");
        store.opened("a-1");
        store.deposited("a-1", 5);
        store.opened("a-2");
        build();
        assertThat(letters()).extracting(DeadLetter::home).containsExactly("a-1");
        SavingsProjection.BROKEN.clear();

        prepareOn(6); // of ten, so that the node can go on
        database.run("alter table savings_account alter account_owner type text");
        RetryResult retried = node.operations().retry(V3, "a-1");
        assertThat(retried.applied()).as(String.valueOf(retried.failure())).isEqualTo(1);

        prepareOn(6);
        database.run("alter table savings_account alter account_owner type varchar(99)");
        store.deposited("a-2", 6);
        caughtUp();
        assertThat(letters()).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }

    private void depositedByTransfer(int transfer, String account) {
        store.append(
                "transfer-" + transfer,
                "savings.deposited",
                "2",
                "{\"account\":\"%s\",\"cents\":%d}".formatted(account, transfer));
    }

    @Test
    void rows_that_several_aggregates_touch_are_never_called_different_while_events_are_on_their_way()
            throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            store.opened("a-" + i);
        }
        build();
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 400; i++) {
                depositedByTransfer(i, "a-" + i % 5);
            }
        });
        writer.start();
        for (int comparisons = 0; writer.isAlive() || comparisons < 5; comparisons++) {
            assertThat(compare().samples()).isEmpty();
        }
        writer.join();
        caughtUp();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(database.value("select sum(deposits) from savings_account")).isEqualTo("400");
    }

    @Test
    void a_row_is_not_compared_while_an_event_of_another_aggregate_that_touches_it_is_parked() {
        store.opened("a-1");
        store.opened("a-2");
        build();
        SavingsProjection.BROKEN.add("a-2");
        depositedByTransfer(9, "a-2");
        caughtUp();
        assertThat(letters()).extracting(DeadLetter::home).containsExactly("transfer-9");
        ParityReport parked = compare();
        assertThat(parked.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(parked.rowsCompared()).isEqualTo(1);
        SavingsProjection.BROKEN.clear();
        assertThat(node.operations().retry(V3, "transfer-9").applied()).isEqualTo(1);
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }
}
