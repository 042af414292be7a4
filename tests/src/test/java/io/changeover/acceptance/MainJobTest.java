package io.changeover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.comparison.Comparisons;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.DifferenceGroups.OfField;
import io.changeover.comparison.ExportFormat;
import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.ComparisonStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.serving.ReaderContext;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.UnknownVersionException;
import io.changeover.view.VersionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The main job on the imported orders, from the first read of version 1 to the completed changeover to version 2. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {

    private static final Request ANN = Request.by("ann");
    private static final String VIEW = "order-board";

    private TestDatabase database;
    private TestNode node;
    private Operations operations;

    @BeforeAll
    void import_orders() {
        database = TestDatabase.empty();
        node = TestNode.start(
                database, Map.of("orders.import.enabled", "true", "changeover.consumers.interval", "50ms"));
        operations = node.operations();
        node.awaitCaughtUp("order-board@1");
    }

    @AfterAll
    void stop() {
        node.close();
        database.close();
    }

    private int versionThatAnswers(String reader) {
        return ReaderContext.call(reader, () -> {
            assertThat(node.get(OrderBoard.class).byId("10100")).isPresent();
            return ReaderContext.current().orElseThrow().served().get(VIEW);
        });
    }

    private long readersOfVersion2() {
        return java.util.stream.IntStream.range(0, 2_000)
                .filter(reader -> versionThatAnswers("reader-" + reader) == 2)
                .count();
    }

    @Test
    @Order(1)
    void version_1_serves_before_any_changeover() {
        assertThat(operations.view(VIEW).serving()).isEqualTo(1);
        assertThat(versionThatAnswers("anybody")).isEqualTo(1);
        assertThat(database.value("select count(*) from views.order_board_v1")).isEqualTo("330");
    }

    @Test
    @Order(2)
    void bad_requests_are_refused_with_what_to_do_and_change_nothing() {
        assertThatThrownBy(() -> operations.declare("orderboard", 2, ANN))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage(
                        "There is no view 'orderboard'; the declared views are: customer-account, order-board, sales-fact");
        assertThatThrownBy(() -> operations.declare(VIEW, 7, ANN))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessage("View 'order-board' has no version '7'; its versions are: 1, 2");
        assertThatThrownBy(() -> operations.shift(VIEW, 10, ANN))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("View 'order-board' is in no changeover; declare one first");
        assertThatThrownBy(() -> operations.compare(new VersionId(VIEW, 1), new VersionId(VIEW, 2)))
                .hasMessage(
                        "Version 'order-board@2' has not been built, and only built versions can be compared; declare a changeover to it and run its backfill first");
        assertThatThrownBy(() -> operations.declare("sales-fact", 1, ANN))
                .hasMessage(
                        "Version 'sales-fact@1' is maintained by somebody else and cannot take over reads; declare a changeover to a version that is built here");
        assertThat(database.value("select count(*) from domain_event_entry where type = 'Changeover'"))
                .isEqualTo("3");
    }

    @Test
    @Order(3)
    void version_2_is_built_from_all_revisions_of_history() {
        operations.declare(VIEW, 2, ANN);
        assertThatThrownBy(() -> operations.declare(VIEW, 2, ANN)).isInstanceOf(OperationRefusedException.class);
        assertThatThrownBy(() -> operations.shift(VIEW, 10, ANN))
                .hasMessage(
                        "Version 2 of view 'order-board' is in phase declared, and a version can be given readers only after its backfill; run the backfill first");
        assertThat(node.backfill(VIEW).phase()).isEqualTo("catching-up");
        assertThat(database.value("select count(*) from views.order_board_v2")).isEqualTo("330");
        assertThat(
                        database.value(
                                "select count(distinct payload_revision) > 1 from domain_event_entry where payload_type like 'order.%'"))
                .isEqualTo("t");
    }

    @Test
    @Order(4)
    void both_versions_are_proven_equal() {
        node.awaitCaughtUp("order-board@2");
        ParityReport report = operations.verify(VIEW, ANN);
        assertThat(report.samples()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(report.rowsCompared()).isEqualTo(330);
    }

    @Test
    @Order(5)
    void reads_move_by_sticky_percentages_and_roll_back_at_the_next_read() {
        operations.shift(VIEW, 10, ANN);
        long at10 = readersOfVersion2();
        assertThat(at10).isBetween(140L, 260L);
        operations.shift(VIEW, 50, ANN);
        assertThat(readersOfVersion2()).isBetween(900L, 1_100L);
        operations.shift(VIEW, 100, ANN);
        assertThat(readersOfVersion2()).isEqualTo(2_000);
        assertThat(operations.rollBack(VIEW, ANN).phase()).isEqualTo("rolled-back");
        assertThat(readersOfVersion2()).isZero();
        operations.verify(VIEW, ANN);
        assertThat(operations.shift(VIEW, 100, ANN).percent()).isEqualTo(100);
        assertThat(versionThatAnswers("anybody")).isEqualTo(2);
    }

    @Test
    @Order(6)
    void a_completed_changeover_leaves_version_2_serving() {
        assertThat(operations.complete(VIEW, ANN).phase()).isEqualTo("completed");
        assertThat(operations.view(VIEW).serving()).isEqualTo(2);
    }

    @Test
    @Order(7)
    void accounts_that_several_aggregates_touch_are_equal_in_both_versions() {
        operations.declare("customer-account", 2, ANN);
        node.backfill("customer-account");
        node.awaitCaughtUp("customer-account@2");
        node.awaitCaughtUp("customer-account@1");
        ParityReport report = operations.verify("customer-account", ANN);
        assertThat(report.samples()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(report.rowsCompared()).isEqualTo(126);
        assertThat(operations.abort("customer-account", ANN).phase()).isEqualTo("aborted");
    }

    @Test
    @Order(8)
    void the_reporting_teams_table_truly_differs() {
        node.awaitCaughtUp("sales-fact@2");
        ParityReport report = operations.compare(VersionId.parse("sales-fact@1"), VersionId.parse("sales-fact@2"));
        System.out.println(report);
        assertThat(report.verdict()).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    @Order(9)
    void all_differences_of_the_reporting_teams_table_are_kept_grouped_and_exported() throws IOException {
        ComparisonOperations comparisons = node.get(ComparisonOperations.class);
        UUID id = UUID.fromString(comparisons
                .start(VersionId.parse("sales-fact@1"), VersionId.parse("sales-fact@2"), ANN)
                .id());
        node.get(Comparisons.class).await(id);
        ComparisonStatus status = comparisons.status(id);
        assertThat(status.verdict()).isEqualTo(Verdict.DIFFERENT);
        DifferenceGroups groups = comparisons.groups(id);
        assertThat(groups.differing()).isEqualTo(status.differing()).isPositive();
        assertThat(groups.fields().stream().mapToLong(OfField::rows).sum())
                .isEqualTo(status.report().differencesByField().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        for (ExportFormat format : ExportFormat.values()) {
            DifferenceExport export = comparisons.export(id, format);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            export.writeTo(out);
            assertThat(export.count()).isEqualTo(status.differing());
            assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .hasSize((int) export.count() + (format == ExportFormat.CSV ? 1 : 0));
        }
    }
}
