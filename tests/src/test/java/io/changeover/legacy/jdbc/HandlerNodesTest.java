package io.changeover.legacy.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.Backfills;
import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.Projections;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandlerNodesTest {

    private static final VersionId V1 = VersionId.parse("savings@1");
    private static final VersionId V2 = VersionId.parse("savings@2");
    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final SavingsStore store = new SavingsStore(database);
    private final List<TestNode> nodes = new ArrayList<>();

    @BeforeEach
    void prepare() {
        database.run(
                SavingsBoard.TABLE,
                "create function refuse() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'no space left'; end $$");
        for (int account = 0; account < 20; account++) {
            store.opened("a-" + account);
            store.deposited("a-" + account, 100 + account);
        }
    }

    @AfterEach
    void drop() {
        nodes.forEach(TestNode::close);
        database.close();
    }

    private TestNode start(String name) {
        TestNode node = SavingsNode.start(
                database,
                Map.of("changeover.node-id", name, "changeover.handlers.batch-size", "3"),
                SavingsV1.Known.class);
        nodes.add(node);
        return node;
    }

    private void diskIsFull() {
        database.run(
                "create constraint trigger full_disk after insert on savings_board deferrable initially deferred for each row execute function refuse()");
    }

    private void diskHasSpace() {
        database.run("drop trigger full_disk on savings_board");
    }

    private static boolean follows(TestNode node) {
        return node.get(Projections.class).live().contains(V1);
    }

    private static void assertEqualToTheFolds(TestNode node) {
        node.operations().declare("savings", 2, ANN);
        node.backfill("savings");
        node.awaitCaughtUp("savings@1");
        node.awaitCaughtUp("savings@2");
        assertThat(node.operations().compare(V1, V2).verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_version_that_one_node_stopped_is_left_by_all_and_followed_by_all_once_one_has_built_it() {
        diskIsFull();
        TestNode second = start("second");
        TestNode first = start("first");
        first.awaitState("savings@1", "stuck");
        second.awaitState("savings@1", "stuck");
        first.operations().pauseBackfill(V1, ANN);
        TestNode.await(() -> !follows(first) && !follows(second));
        diskHasSpace();
        first.operations().resumeBackfill(V1, ANN);
        first.awaitCaughtUp("savings@1");
        TestNode.await(() -> follows(first) && follows(second));
        first.close();
        store.opened("b-1");
        second.awaitCaughtUp("savings@1");
        assertEqualToTheFolds(second);
    }

    @Test
    void what_a_component_was_building_on_a_node_that_left_is_built_by_one_that_was_not_at_it() {
        diskIsFull();
        TestNode first = start("first");
        first.awaitState("savings@1", "stuck");
        first.operations().pauseBackfill(V1, ANN);
        TestNode second = start("second");
        assertThat(follows(second)).isFalse();
        first.operations().resumeBackfill(V1, ANN);
        first.awaitState("savings@1", "stuck");
        first.close();
        diskHasSpace();
        second.awaitCaughtUp("savings@1");
        assertThat(follows(second)).isTrue();
        assertEqualToTheFolds(second);
    }

    @Test
    void what_is_asked_for_again_before_it_has_stopped_is_begun_again() {
        diskIsFull();
        TestNode node = start("first");
        node.awaitState("savings@1", "stuck");
        node.get(Backfills.class).pause(V1);
        node.operations().resumeBackfill(V1, ANN);
        diskHasSpace();
        node.awaitCaughtUp("savings@1");
        assertEqualToTheFolds(node);
    }
}
