package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConcurrentAppendTest {

    @Test
    void the_second_of_two_nodes_that_append_the_same_number_of_an_aggregate_is_told_of_the_conflict() {
        try (TestDatabase database = TestDatabase.withStore();
                TestNode node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class)) {
            EventStore store = node.get(EventStore.class);
            store.publish(new GenericDomainEventMessage<>("Account", "a-1", 0, new LedgerDomain.Opened("a-1", "one")));
            store.publish(new GenericDomainEventMessage<>("Account", "a-1", 1, new LedgerDomain.Credited("a-1", 5)));
            assertThatThrownBy(() -> store.publish(
                            new GenericDomainEventMessage<>("Account", "a-1", 1, new LedgerDomain.Credited("a-1", 6))))
                    .isInstanceOf(ConcurrencyException.class);
            assertThat(database.value("select count(*) from domain_event_entry where aggregate_identifier = 'a-1'"))
                    .isEqualTo("2");
        }
    }
}
