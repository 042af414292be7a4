package io.changeover.legacy.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.legacy.jdbc.SavingsBoard;
import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.Request;
import io.changeover.operation.VersionStatus;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TakeoverTest {

    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final SavingsStore store = new SavingsStore(database);

    @BeforeEach
    void prepare() {
        SavingsBoard.BROKEN.clear();
        SavingsBoard.LETTERS.clear();
        database.run(SavingsBoard.TABLE);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private VersionStatus status(TestNode node) {
        return node.operations().view("savings").versions().get(0);
    }

    /** What the former release makes of some history. */
    private void formerRelease() {
        for (int i = 0; i < 10; i++) {
            store.opened("a-" + i);
            store.depositedAsOfOld("a-" + i, 100);
        }
        try (TestNode before = SavingsNode.start(database, Map.of(), SavingsV1.Before.class)) {
            before.awaitCaughtUp("savings@2");
            TestNode.await(() -> "10".equals(database.value("select count(*) from savings_board where deposits = 1")));
            TestNode.await(
                    () -> String.valueOf(head())
                            .equals(
                                    database.value(
                                            "select coalesce(t ->> 'index', t -> 'currentToken' ->> 'index') from (select convert_from(token, 'UTF8')::jsonb t from token_entry where processor_name = 'savings-board') x")));
        }
    }

    private String head() {
        return database.value("select max(global_index) from domain_event_entry");
    }

    @Test
    void a_version_goes_on_where_axons_processor_stood_and_every_event_comes_once() {
        formerRelease();
        store.deposited("a-0", 7); // while nobody runs
        store.thanked("a-0");
        try (TestNode node = SavingsNode.start(database, Map.of(), SavingsV1.Known.class)) {
            store.deposited("a-1", 8);
            node.operations().declare("savings", 1, ANN);
            node.backfill("savings");
            node.awaitCaughtUp("savings@1");
            node.awaitCaughtUp("savings@2");
            assertThat(node.operations()
                            .compare(VersionId.parse("savings@1"), VersionId.parse("savings@2"))
                            .verdict())
                    .isEqualTo(Verdict.EQUAL);
            assertThat(SavingsBoard.LETTERS).containsExactly("a-0"); // news, though it was there before the start
            assertThat(database.value("select count(*) from token_entry where processor_name = 'savings-board'"))
                    .isEqualTo("0");
        }
        try (TestNode again = SavingsNode.start(database, Map.of(), SavingsV1.Known.class)) {
            store.deposited("a-2", 9);
            again.awaitCaughtUp("savings@1");
            assertThat(database.value("select sum(cents) from savings_board")).isEqualTo("1024");
        }
    }

    @Test
    void tokens_with_an_event_in_a_gap_are_not_taken_over() {
        formerRelease();
        database.run(
                "update token_entry set token_type = 'org.axonframework.eventhandling.GapAwareTrackingToken', token = convert_to('{\"index\":20,\"gaps\":[7,9]}', 'UTF8') where processor_name = 'savings-board'");
        try (TestNode node = SavingsNode.start(database, Map.of(), SavingsV1.Known.class)) {
            node.operations().declare("savings", 1, ANN);
            node.operations().startBackfill("savings", ANN);
            assertThat(refusal(node))
                    .isEqualTo(
                            "The tokens of Axon's processor 'savings-board' cannot go over to 'savings@1': that of segment 0 has not had the events at positions [7, 9], but later ones; let the former release catch up, then start this one");
        }
        assertThat(database.value("select count(*) from token_entry where processor_name = 'savings-board'"))
                .isEqualTo("1");
    }

    @Test
    void a_processor_without_tokens_cannot_be_taken_over() {
        try (TestNode node = SavingsNode.start(database, Map.of(), SavingsV1.Known.class)) {
            assertThat(refusal(node))
                    .isEqualTo(
                            "The tokens of Axon's processor 'savings-board' cannot go over to 'savings@1': there are none; name the processor as the token table does, or leave takesOver empty and the tables too");
        }
    }

    private static String waitsFor(TestNode node) {
        return node.get(Backfills.class)
                .progress(VersionId.parse("savings@1"))
                .map(BackfillProgress::failure)
                .orElse("");
    }

    private String refusal(TestNode node) {
        TestNode.await(() -> status(node).state().equals("failed"));
        return status(node).backfill().failure();
    }

    @Test
    void nothing_is_taken_while_a_node_of_the_former_release_still_runs() {
        formerRelease();
        database.run(
                "update token_entry set owner = 'former-node', timestamp = '2999-01-01T00:00:00Z' where processor_name = 'savings-board'");
        try (TestNode node = SavingsNode.start(database, Map.of(), SavingsV1.Known.class)) {
            node.operations().declare("savings", 1, ANN);
            node.operations().startBackfill("savings", ANN);
            TestNode.await(() -> waitsFor(node).contains("former-node"));
            assertThat(waitsFor(node)).contains("savings-board");
            assertThat(database.value("select sum(cents) from savings_board")).isEqualTo("1000");

            database.run("update token_entry set owner = null where processor_name = 'savings-board'");
            node.awaitCaughtUp("savings@1");
            assertThat(database.value("select sum(cents) from savings_board")).isEqualTo("1000");
        }
    }
}
