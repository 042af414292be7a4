package io.changeover.legacy.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.reconcile.Drift;
import io.changeover.reconcile.DriftingRow;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciledHandlerTest {

    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final SavingsStore store = new SavingsStore(database);

    private static Drift reconcile(TestNode node) {
        node.awaitCaughtUp("savings@1");
        node.awaitCaughtUp("savings@2");
        return node.get(ReconciliationOperations.class)
                .reconcile("savings", false, ANN)
                .get(0);
    }

    private static List<String> keys(Drift drift) {
        return drift.listed().stream().map(DriftingRow::keyText).sorted().toList();
    }

    @Test
    void a_component_is_held_against_the_folds_by_what_events_touch_and_by_its_letters() {
        SavingsBoard.BROKEN.clear();
        database.run(SavingsBoard.TABLE);
        try (database;
                TestNode node = SavingsNode.start(
                        database, Map.of("changeover.reconcile.full-at", "never"), SavingsV1.Known.class)) {
            for (String account : List.of("a-1", "a-2", "a-3")) {
                store.opened(account);
                store.deposited(account, 100);
            }
            node.operations().declare("savings", 2, ANN);
            node.backfill("savings");
            Drift first = reconcile(node);
            assertThat(first.state()).isEqualTo("following");
            assertThat(first.rows()).isZero();
            assertThat(first.rowsCompared()).isEqualTo(3);

            database.run("update savings_board set cents = cents + 1");
            assertThat(keys(reconcile(node))).isEmpty();
            store.depositedAsOfOld("a-2", 50);
            assertThat(keys(reconcile(node))).containsExactly("a-2");

            SavingsBoard.BROKEN.add("a-3");
            store.deposited("a-3", 50);
            Drift parked = reconcile(node);
            assertThat(parked.waiting()).isEqualTo(1);
            assertThat(keys(parked)).containsExactly("a-2");
            SavingsBoard.BROKEN.clear();
            node.operations().retry(VersionId.parse("savings@1"), "a-3");
            Drift retried = reconcile(node);
            assertThat(retried.waiting()).isZero();
            assertThat(keys(retried)).containsExactly("a-2", "a-3");
        }
    }
}
