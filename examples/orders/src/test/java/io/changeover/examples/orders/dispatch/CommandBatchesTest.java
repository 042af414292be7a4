package io.changeover.examples.orders.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.model.CommandRefusedException;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.order.AddOrderLine;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.examples.orders.order.ShipOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandBatchesTest {

    private static final Instant THEN = Instant.parse("2003-01-06T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);
    private static final PlaceOrder PLACE =
            new PlaceOrder("1", "103", "Atelier", new PersonName("Carine", "Schmitt"), DAY, DAY, "USD", null);
    private static final AddOrderLine LINE = new AddOrderLine("1", 1, "S10_1678", 2, new Money(9_500, "USD"));
    private static final AddOrderLine LINE_OF_NO_ORDER = new AddOrderLine("2", 1, "S10_1678", 2, new Money(1, "USD"));
    private static final ShipOrder SHIP = new ShipOrder("1", DAY, null);

    private final OrdersStore store = new OrdersStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void refused_commands_are_told_and_all_others_are_stored_in_order() {
        List<List<Refusal>> told = new ArrayList<>();
        List<HistoricCommand> batch = List.of(then(PLACE), then(LINE_OF_NO_ORDER), then(LINE), then(LINE), then(SHIP));

        int count = store.batches().send(() -> batch, told::add);

        assertThat(count).isEqualTo(5);
        assertThat(store.events())
                .extracting(StoredEvent::name)
                .containsExactly("order.placed", "order.line-added", "order.status-changed");
        assertThat(told.get(told.size() - 1))
                .extracting(Refusal::reason)
                .containsExactly(
                        "The aggregate was not found in the event store",
                        "Line number 1 of order '1' is taken; give the line the next free number");
    }

    @Test
    void nothing_is_stored_when_progress_cannot_be_noted() {
        assertThatThrownBy(() -> store.batches().send(() -> List.of(then(PLACE)), refusals -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(store.events()).isEmpty();
    }

    @Test
    void commands_sent_together_are_stored_all_or_none() {
        assertThatThrownBy(() -> store.batches().sendTogether(List.of(PLACE, LINE, LINE)))
                .isInstanceOf(CommandRefusedException.class);
        assertThat(store.events()).isEmpty();

        store.batches().sendTogether(List.of(PLACE, LINE, SHIP));

        assertThat(store.events())
                .extracting(StoredEvent::name)
                .containsExactly("order.placed", "order.line-added", "order.shipped");
        assertThat(store.events()).extracting(StoredEvent::time).allMatch(time -> time.isAfter(THEN));
    }

    @Test
    void what_was_stored_by_an_old_release_is_the_state_of_the_next_command() {
        store.batches().send(() -> List.of(then(PLACE), then(LINE), then(SHIP)), refusals -> {});

        assertThatThrownBy(() -> store.batches().sendTogether(List.of(SHIP)))
                .hasMessage(
                        "Order '1' is 'Shipped' but must be 'In Process' or 'On Hold' before it can be shipped; check which order was meant");
    }

    private static HistoricCommand then(Object payload) {
        return HistoricCommand.at(THEN, payload);
    }
}
