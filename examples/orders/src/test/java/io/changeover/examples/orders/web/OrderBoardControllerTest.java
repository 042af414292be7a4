package io.changeover.examples.orders.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.event.StoredEvent;
import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.account.CustomerAccount;
import io.changeover.examples.orders.account.CustomerAccountEntry;
import io.changeover.examples.orders.board.OrderBoard;
import io.changeover.examples.orders.board.OrderBoardEntry;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.model.PersonName;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderBoardControllerTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);
    private static final OrderBoardEntry ENTRY = new OrderBoardEntry(
            "1", "103", "Atelier", "Carine Schmitt", TODAY, TODAY, null, OrderStatus.ON_HOLD, 100, "USD");
    private static final CustomerAccountEntry ACCOUNT =
            new CustomerAccountEntry("103", "Atelier", "Carine Schmitt", 1, 100, 0, 0, 100, "USD", Instant.EPOCH);

    /** A board of one order, in memory. */
    private static final class BoardOfOne implements OrderBoard {

        @Override
        public Optional<OrderBoardEntry> byId(String orderId) {
            return recent(1).stream()
                    .filter(entry -> entry.orderId().equals(orderId))
                    .findFirst();
        }

        @Override
        public List<OrderBoardEntry> byStatus(OrderStatus status, int limit) {
            return recent(limit).stream()
                    .filter(entry -> entry.status() == status)
                    .toList();
        }

        @Override
        public List<OrderBoardEntry> recent(int limit) {
            return List.of(ENTRY);
        }
    }

    /** An account, in memory. */
    private static final class OneAccount implements CustomerAccount {

        @Override
        public Optional<CustomerAccountEntry> byId(String customerId) {
            return customerId.equals("103") ? Optional.of(ACCOUNT) : Optional.empty();
        }

        @Override
        public List<CustomerAccountEntry> greatestBalances(int limit) {
            return List.of(ACCOUNT);
        }
    }

    private final OrdersStore store = new OrdersStore();
    private final OrderBoardController controller = new OrderBoardController(
            new BoardOfOne(),
            new OneAccount(),
            store.batches(),
            Clock.fixed(Instant.parse("2026-01-01T10:00:00Z"), ZoneOffset.UTC),
            () -> "new-1");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void answers_from_the_views() {
        assertThat(controller.order("1")).isEqualTo(ENTRY);
        assertThat(controller.orders("on-hold", "50")).containsExactly(ENTRY);
        assertThat(controller.orders("shipped", "50")).isEmpty();
        assertThat(controller.orders(null, "50")).containsExactly(ENTRY);
        assertThat(controller.account("103")).isEqualTo(ACCOUNT);
    }

    @Test
    void says_what_is_wrong_with_a_question() {
        assertThatThrownBy(() -> controller.order("2"))
                .hasMessage(
                        "There is no order '2' on the board; check the identifier, or ask again when it was placed just now");
        assertThatThrownBy(() -> controller.orders("lost", "50"))
                .hasMessage(
                        "Status 'lost' must be one of in_process, on_hold, shipped, disputed, resolved, cancelled; correct 'status'");
        assertThatThrownBy(() -> controller.orders(null, "many"))
                .hasMessage("Limit 'many' must be a whole number from 1 to 1000; correct 'limit'");
        assertThatThrownBy(() -> controller.account("1"))
                .hasMessage("There is no customer '1'; register the customer or correct the identifier");
    }

    @Test
    void places_an_order_with_its_lines() {
        NewOrder order = new NewOrder(
                "103",
                new PersonName("Carine", "Schmitt"),
                TODAY.plusDays(3),
                null,
                List.of(new NewOrder.Line("S10_1678", 2, new Money(9_500, "USD"))));

        assertThat(controller.place(order).getBody()).isEqualTo(Map.of("orderId", "new-1"));
        assertThat(store.events()).extracting(StoredEvent::name).containsExactly("order.placed", "order.line-added");
    }

    @Test
    void says_everything_that_is_wrong_with_an_order_and_stores_nothing() {
        NewOrder order = new NewOrder(
                " ", null, TODAY.minusDays(1), null, List.of(new NewOrder.Line("", 0, new Money(0, "USD"))));

        assertThatThrownBy(() -> controller.place(order))
                .hasMessage(
                        "The order cannot be placed: 'customerId' must name the customer; add it."
                                + " 'contact' must have 'givenName' and 'familyName' of who places the order; add them."
                                + " 'requiredDate' is '2025-12-31' but must be 2026-01-01 or later; correct it."
                                + " line 1 must have a 'productCode'; add it."
                                + " line 1 has 'quantity' '0' but it must be 1 or greater; correct it."
                                + " line 1 must have a 'unitPrice' with 'minorUnits' greater than 0 and a 'currency'; correct it");
        assertThat(store.events()).isEmpty();
    }
}
