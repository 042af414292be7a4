package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.changeover.ChangeoverCommand.Reopen;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.ReportOperations;
import io.changeover.operation.Request;
import io.changeover.report.ChangeoverReport;
import io.changeover.report.ChangeoverReport.Incident;
import io.changeover.report.ChangeoverReport.Moment;
import io.changeover.report.ChangeoverReports;
import io.changeover.report.ReportSummary;
import io.changeover.report.ReportText;
import io.changeover.serving.RouteFollower;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two changeovers of a view on one node, one of which goes back and is given up, and what is kept of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportsOfChangeoversTest {

    private static final Request ANN = new Request("ann", "as planned");

    @Test
    void what_happened_is_told_while_it_is_open_and_kept_when_it_is_over() {
        LedgerDomain.BROKEN.clear();
        try (TestDatabase database = TestDatabase.withStore();
                TestNode node = LedgerNode.start(
                        database,
                        Map.of("changeover.report.enabled", "false", "changeover.report.settle", "0s"),
                        LedgerDomain.WithStep.class)) {
            LedgerStore ledger = new LedgerStore(database);
            ledger.openedMany(50);
            Operations operations = node.operations();
            ReportOperations reports = node.get(ReportOperations.class);
            assertThatThrownBy(() -> reports.report("balance", null))
                    .isInstanceOf(OperationRefusedException.class)
                    .hasMessage(
                            "View 'balance' has never been in a changeover, so there is nothing to report; declare one first");

            String first = operations.declare("balance", 2, ANN).id();
            node.backfill("balance");
            ledger.creditedAsOfOld("old-1", "a-1", 100); // a revision that comes in while the changeover is open
            node.awaitCaughtUp("balance@1");
            node.awaitCaughtUp("balance@2");
            operations.verify("balance", ANN);
            operations.shift("balance", 50, ANN);
            operations.rollBack("balance", new Request("ben", "readers complain"));
            ChangeoverReport open = reports.report("balance", null);
            assertThat(open.outcome()).isEqualTo("open");
            assertThat(open.phase()).isEqualTo("rolled-back");
            operations.abort("balance", ANN);

            assertRollback(reports.report("balance", first));
            ChangeoverReports keeper = node.get(ChangeoverReports.class);
            assertThat(keeper.keepEnded()).isEqualTo(1);
            assertThat(keeper.keepEnded()).isZero();
            assertThat(database.value("select outcome from changeover.report where changeover = '%s'".formatted(first)))
                    .isEqualTo("aborted");

            String second = completed(node);
            assertThat(reports.reports(null, 10)).extracting(ReportSummary::id).containsExactly(first);
            assertThat(keeper.keepEnded()).isEqualTo(1);
            assertThat(reports.reports("balance", 10))
                    .extracting(ReportSummary::id, ReportSummary::outcome, ReportSummary::rollbacks)
                    .containsExactly(tuple(second, "completed", 0L), tuple(first, "aborted", 1L));
            assertThat(reports.report("balance", second).reached().completed()).isNotNull();
            assertThat(reports.compare(first, second).lines()).anySatisfy(line -> {
                assertThat(line.figure()).isEqualTo("rollbacks");
                assertThat(line.left()).isEqualTo("1");
                assertThat(line.right()).isEqualTo("0");
            });
            assertThatThrownBy(() -> reports.compare(first, "nothing"))
                    .hasMessage("There was no changeover 'nothing'; list the reports to see which there were");
            assertReopenedIsKeptAgain(node, keeper, second);
        }
    }

    private static void assertRollback(ChangeoverReport report) {
        assertThat(report.outcome()).isEqualTo("aborted");
        assertThat(report.timeline())
                .extracting(Moment::what)
                .containsSubsequence(
                        "declared",
                        "backfill-started",
                        "backfill-completed",
                        "parity-recorded",
                        "flip-rehearsed",
                        "way-back-proven",
                        "reads-shifted",
                        "rolled-back",
                        "rollback-confirmed",
                        "aborted");
        assertThat(report.timeline())
                .allSatisfy(moment -> assertThat(moment.position()).isPositive());
        assertThat(report.incidents()).hasSize(1);
        Incident rollback = report.incidents().get(0);
        assertThat(rollback.kind()).isEqualTo("rollback");
        assertThat(rollback.actor()).isEqualTo("ben");
        assertThat(rollback.reason()).isEqualTo("readers complain");
        assertThat(rollback.fromPercent()).isEqualTo(50);
        assertThat(rollback.toPercent()).isZero();
        assertThat(rollback.deployed())
                .anySatisfy(each -> assertThat(each).startsWith("account.credited@1 since position "));
        assertThat(report.parity()).hasSize(1);
        assertThat(report.parity().get(0).verdict()).isEqualTo("equal");
        assertThat(report.parity().get(0).rows()).isEqualTo(50);
        assertThat(report.reached().firstReader()).isNotNull();
        assertThat(report.reached().allReaders()).isNull();
        assertThat(report.nodes()).containsExactly("ledger-node");
        assertThat(report.phases())
                .extracting(each -> each.phase() + " " + each.percent())
                .containsExactly(
                        "declared 0",
                        "backfilling 0",
                        "catching-up 0",
                        "shadowing 0",
                        "shifting 50",
                        "rolling-back 0",
                        "rolled-back 0");
        String markdown = ReportText.of(report).markdown();
        assertThat(markdown)
                .startsWith("# Changeover of balance from version 1 to 2\n\nIt was given up after ")
                .contains("| rollback | 50 to 0 % | ben | readers complain |");
    }

    private static String completed(TestNode node) {
        Operations operations = node.operations();
        String id = operations.declare("balance", 2, ANN).id();
        node.backfill("balance");
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        operations.verify("balance", ANN);
        operations.shift("balance", 100, ANN);
        TestNode.await(() -> {
            try {
                operations.complete("balance", ANN);
                return true;
            } catch (OperationRefusedException e) {
                assertThat(e.rule()).isEqualTo("readers-unknown");
                return false;
            }
        });
        return id;
    }

    private static void assertReopenedIsKeptAgain(TestNode node, ChangeoverReports keeper, String id) {
        node.get(CommandGateway.class).sendAndWait(new Reopen("balance", "ann", "a reader is missing"));
        node.get(RouteFollower.class).refresh("balance");
        assertThat(keeper.keepEnded()).isZero();
        node.operations().rollBack("balance", ANN);
        node.get(PlanOperations.class).pause("balance", ANN);
        node.operations().abort("balance", ANN);
        assertThat(keeper.keepEnded()).isEqualTo(1);
        ChangeoverReport again = node.get(ReportOperations.class).report("balance", id);
        assertThat(again.outcome()).isEqualTo("aborted");
        assertThat(again.incidents()).extracting(Incident::kind).isEqualTo(List.of("rollback", "pause"));
    }
}
