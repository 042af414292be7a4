package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.reconcile.Drift;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationUnderWritesTest {

    private static final Request ANN = Request.by("ann");
    private static final int ACCOUNTS = 40;
    private static final int WRITES = 1_500;

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        node = LedgerNode.start(
                database,
                Map.of(
                        "changeover.live.batch-size", "7",
                        "changeover.live.segments", "2",
                        "changeover.reconcile.full-at", "never",
                        "changeover.reconcile.batch", "5",
                        "changeover.reconcile.stretch", "50"),
                LedgerDomain.WithStep.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Writers whose transactions overlap, roll back, and commit in another order than they took their positions. */
    private Thread writer(long seed, List<Throwable> failures) {
        return new Thread(() -> {
            Random random = new Random(seed);
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < WRITES; i++) {
                    String account = "a-" + seed + "-" + random.nextInt(ACCOUNTS / 2);
                    ledger.append(
                            connection,
                            "tx-" + seed + "-" + i,
                            "account.credited",
                            "2",
                            "{\"account\":\"%s\",\"cents\":%d}".formatted(account, random.nextInt(1_000)));
                    if (random.nextInt(10) == 0) {
                        connection.rollback();
                    } else if (random.nextInt(3) > 0) {
                        connection.commit();
                    }
                }
                connection.commit();
            } catch (Throwable e) {
                synchronized (failures) {
                    failures.add(e);
                }
            }
        });
    }

    private Drift reconcile(boolean all) {
        return node.get(ReconciliationOperations.class)
                .reconcile("balance", all, ANN)
                .get(0);
    }

    @Test
    void looks_beside_live_writes_never_see_a_false_drift_and_see_a_true_one() throws InterruptedException {
        for (int seed = 1; seed <= 2; seed++) {
            for (int i = 0; i < ACCOUNTS / 2; i++) {
                ledger.opened("a-" + seed + "-" + i);
            }
        }
        node.operations().declare("balance", 2, ANN);
        node.backfill("balance");
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = List.of(writer(1, failures), writer(2, failures));
        writers.forEach(Thread::start);

        int looks = 0;
        while (writers.stream().anyMatch(Thread::isAlive) || looks < 5) {
            Drift drift = reconcile(looks % 10 == 3);
            assertThat(drift.state()).isEqualTo("following");
            assertThat(drift.listed()).as("seeds 1 and 2, look %d", looks).isEmpty();
            assertThat(drift.rows()).isZero();
            looks++;
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        Drift last = reconcile(false);
        assertThat(last.rows()).isZero();
        assertThat(last.behind()).isZero();

        database.run("update views.balance_v2 set amount = amount + 1 where account = 'a-1-3'");
        ledger.credited("a-1-3", 5);
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        assertThat(reconcile(false).listed()).singleElement().satisfies(row -> assertThat(row.keyText())
                .isEqualTo("a-1-3"));
    }
}
