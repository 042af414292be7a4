package io.changeover.legacy.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.doctor.Finding;
import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DisposalStatus;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.plan.Plan;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GivenUpHandlerTest {

    private static final VersionId V1 = VersionId.parse("savings@1");
    private static final VersionId V2 = VersionId.parse("savings@2");
    private static final Request ANN = Request.by("ann");

    private static Plan withoutTimes() {
        Plan standard = Plan.standard();
        return new Plan(
                "at once",
                null,
                null,
                standard.shadow(),
                standard.steps(),
                standard.soak(),
                standard.limits(),
                standard.beans(),
                standard.onBreach(),
                standard.breaches(),
                standard.quiet(),
                new Plan.Completion(false, Duration.ZERO, Duration.ZERO));
    }

    private static void complete(TestNode node) {
        TestNode.await(() -> {
            try {
                return node.operations().complete("savings", ANN).phase().equals("completed");
            } catch (OperationRefusedException e) {
                if (e.rule().equals("readers-unknown")) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Test
    void a_component_that_is_given_up_is_stopped_and_its_tables_stay() {
        try (TestDatabase database = TestDatabase.withStore()) {
            SavingsStore store = new SavingsStore(database);
            database.run(SavingsBoard.TABLE);
            store.opened("a-1");
            Map<String, String> settings =
                    Map.of("changeover.consumers.interval", "20ms", "changeover.autopilot.enabled", "false");
            try (TestNode node = SavingsNode.start(database, settings, SavingsV1.Known.class)) {
                node.operations().declare("savings", 2, ANN);
                node.backfill("savings");
                node.awaitCaughtUp("savings@1");
                node.awaitCaughtUp("savings@2");
                node.operations().verify("savings", ANN);
                node.operations().shift("savings", 100, ANN);
                node.get(PlanOperations.class).adopt("savings", withoutTimes(), ANN);
                complete(node);
                CompletionOperations ends = node.get(CompletionOperations.class);

                DisposalStatus purged = ends.purge(V1, ANN);
                assertThat(purged.unfinished()).isNull();
                assertThat(purged.keptTable()).isNull();
                store.deposited("a-1", 5);
                node.awaitCaughtUp("savings@2");
                assertThat(database.value("select cents from savings_board")).isEqualTo("0");

                assertThat(ends.restore(V1, ANN).unfinished()).isNull();
                node.awaitCaughtUp("savings@1");
                assertThat(database.value("select cents from savings_board")).isEqualTo("5");
                assertThat(node.operations().compare(V1, V2).verdict()).isEqualTo(Verdict.EQUAL);

                ends.purge(V1, ANN);
                assertThat(ends.drop(V1, ANN).unfinished()).isNull();
                assertThat(database.value("select cents from savings_board")).isEqualTo("5");
                assertThat(database.value("select count(*) from token_entry where processor_name = 'savings@1'"))
                        .isEqualTo("0");
                assertThat(node.get(DoctorOperations.class).look().findings())
                        .extracting(Finding::check)
                        .isEmpty();
            }
        }
    }
}
