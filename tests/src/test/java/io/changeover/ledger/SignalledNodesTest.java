package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.projection.Projections;
import io.changeover.stream.CommitSignals;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignalledNodesTest {

    private static TestNode start(TestDatabase database, String name) {
        return LedgerNode.start(
                database,
                Map.of("changeover.node-id", name, "changeover.poll-interval", "1h"),
                LedgerDomain.WithStep.class);
    }

    private static void publish(TestNode node, String account) {
        EventStore events = node.get(EventStore.class);
        new TransactionTemplate(node.get(PlatformTransactionManager.class))
                .executeWithoutResult(status -> events.publish(new GenericDomainEventMessage<>(
                        "Account", account, 0, new LedgerDomain.Opened(account, "somebody"))));
    }

    @Test
    void what_one_node_commits_another_that_never_polls_has_in_its_rows() {
        try (TestDatabase database = TestDatabase.withStore();
                TestNode first = start(database, "first")) {
            TestNode.await(() -> first.get(CommitSignals.class).isListening()
                    && first.get(Projections.class)
                            .claimedBy(new VersionId("balance", 1))
                            .filter("first"::equals)
                            .isPresent());
            first.awaitCaughtUp("balance@1");
            try (TestNode second = start(database, "second")) {
                for (int account = 1; account <= 5; account++) {
                    publish(second, "a-" + account);
                    String rows = Integer.toString(account);
                    TestNode.await(() -> database.value("select count(*) from views.balance_v1")
                            .equals(rows));
                }
            }
            assertThat(first.get(CommitSignals.class).heard()).isPositive();
        }
    }
}
