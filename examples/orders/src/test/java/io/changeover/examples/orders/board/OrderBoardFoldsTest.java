package io.changeover.examples.orders.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.view.EventInfo;
import io.changeover.view.FoldedVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderBoardFoldsTest {

    private static final LocalDate DAY = LocalDate.of(2003, 1, 6);
    private static final LocalDate LATER = LocalDate.of(2003, 1, 10);
    private static final OrderPlaced PLACED = new OrderPlaced(
            "10100", "363", "Online", new PersonName("Dorothy", "Young"), DAY, DAY.plusDays(7), "USD", null);
    private static final OrderLineAdded LINE =
            new OrderLineAdded("10100", "363", DAY, 1, "S24_3969", 49, new Money(3_447, "USD"));
    private static final OrderLineAdded LINE_2 =
            new OrderLineAdded("10100", "363", DAY, 2, "S18_2248", 50, new Money(6_780, "USD"));
    private static final OrderShipped SHIPPED = new OrderShipped("10100", "363", LATER, null);
    private static final OrderCancelled CANCELLED =
            new OrderCancelled("10100", "363", LATER, new Money(507_903, "USD"), null);
    private static final EventInfo INFO = new EventInfo(1, "e", "10100", Instant.parse("2003-01-06T00:00:00Z"));

    private final OrderBoardV1 v1 = new OrderBoardV1();
    private final OrderBoardV2 v2 = new OrderBoardV2();

    @Test
    void version_1_keeps_texts_and_a_decimal_amount() {
        OrderBoardV1.Row row = v1.on(v1.on(v1.on(PLACED), LINE), SHIPPED);

        assertThat(row)
                .isEqualTo(new OrderBoardV1.Row(
                        "10100",
                        "363",
                        "Online",
                        "Dorothy Young",
                        DAY,
                        DAY.plusDays(7),
                        LATER,
                        "Shipped",
                        new BigDecimal("1689.03"),
                        "USD"));
    }

    @Test
    void version_2_keeps_names_apart_and_counts() {
        OrderBoardV2.Row row = v2.on(v2.on(v2.on(PLACED, INFO), LINE, INFO), LINE_2, INFO);

        assertThat(row)
                .isEqualTo(new OrderBoardV2.Row(
                        "10100",
                        "363",
                        "Online",
                        "Dorothy",
                        "Young",
                        DAY,
                        DAY.plusDays(7),
                        null,
                        OrderStatus.IN_PROCESS,
                        2,
                        99,
                        507_903,
                        "USD",
                        INFO.time()));
    }

    @Test
    void a_cancelled_order_keeps_the_day_on_which_it_was_shipped() {
        OrderBoardV2.Row row = v2.on(v2.on(v2.on(PLACED, INFO), SHIPPED, INFO), CANCELLED, INFO);

        assertThat(v2.entry(row).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(v2.entry(row).shippedDate()).isEqualTo(LATER);
    }

    @Test
    void both_versions_say_the_same_after_every_event() {
        List<Object> events = List.of(
                PLACED,
                LINE,
                new OrderPutOnHold("10100", "363", DAY, null),
                LINE_2,
                SHIPPED,
                new OrderDisputed("10100", "363", LATER, null),
                new OrderResolved("10100", "363", LATER, null),
                CANCELLED);
        FoldedVersion one = FoldedVersion.of(v1);
        FoldedVersion two = FoldedVersion.of(v2);
        Object row1 = null;
        Object row2 = null;
        for (Object event : events) {
            row1 = one.fold(row1, event, INFO);
            row2 = two.fold(row2, event, INFO);

            assertThat(one.canonical().of(row1)).isEqualTo(two.canonical().of(row2));
        }
        assertThat(one.eventNames())
                .containsExactlyInAnyOrderElementsOf(two.eventNames())
                .hasSize(events.size() - 1);
    }
}
