package io.changeover.examples.orders.account;

import io.changeover.examples.orders.event.CreditLimitSet;
import io.changeover.examples.orders.event.CustomerContactChanged;
import io.changeover.examples.orders.event.CustomerRegistered;
import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import io.changeover.examples.orders.event.PaymentReceived;
import io.changeover.examples.orders.model.Money;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.Instant;

/** The first account: decimal numbers in dollars, the only currency of its time, and the contact as one text. */
@View(name = "customer-account", version = 1)
class CustomerAccountV1 {

    private static final String CURRENCY = "USD";
    private static final BigDecimal NOTHING = Money.zero(CURRENCY).amount();

    record Row(
            @Key String customerId,
            String customer,
            @Sensitive String contact,
            int orders,
            BigDecimal ordered,
            BigDecimal cancelled,
            BigDecimal paid,
            Instant lastActivity) {

        Row at(EventInfo info) {
            Instant later = info.time().isAfter(lastActivity) ? info.time() : lastActivity;
            return new Row(customerId, customer, contact, orders, ordered, cancelled, paid, later);
        }

        Row withContact(String next) {
            return new Row(customerId, customer, next, orders, ordered, cancelled, paid, lastActivity);
        }

        Row plus(int moreOrders, BigDecimal moreOrdered, BigDecimal moreCancelled, BigDecimal morePaid) {
            return new Row(
                    customerId,
                    customer,
                    contact,
                    orders + moreOrders,
                    ordered.add(moreOrdered),
                    cancelled.add(moreCancelled),
                    paid.add(morePaid),
                    lastActivity);
        }
    }

    @Fold
    Row on(CustomerRegistered event, EventInfo info) {
        return new Row(
                event.customerId(), event.name(), event.contact().display(), 0, NOTHING, NOTHING, NOTHING, info.time());
    }

    @Fold
    Row on(Row row, CustomerContactChanged event, EventInfo info) {
        return row.withContact(event.contact().display()).at(info);
    }

    @Fold
    Row on(Row row, CreditLimitSet event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, OrderPlaced event, EventInfo info) {
        return row.plus(1, NOTHING, NOTHING, NOTHING).at(info);
    }

    @Fold
    Row on(Row row, OrderLineAdded event, EventInfo info) {
        return row.plus(0, dollars(event.lineTotal()), NOTHING, NOTHING).at(info);
    }

    @Fold
    Row on(Row row, OrderShipped event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, OrderCancelled event, EventInfo info) {
        return row.plus(0, NOTHING, dollars(event.orderTotal()), NOTHING).at(info);
    }

    @Fold
    Row on(Row row, OrderPutOnHold event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, OrderDisputed event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, OrderResolved event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, PaymentReceived event, EventInfo info) {
        return row.plus(0, NOTHING, NOTHING, dollars(event.amount())).at(info);
    }

    @Canonical
    @CanonicalSql({
        "customerName = customer",
        "orderCount = orders",
        "orderedMinorUnits = case when ordered = round(ordered, 2) then (ordered * 100)::bigint end",
        "cancelledMinorUnits = case when cancelled = round(cancelled, 2) then (cancelled * 100)::bigint end",
        "paidMinorUnits = case when paid = round(paid, 2) then (paid * 100)::bigint end",
        "balanceMinorUnits = case when ordered = round(ordered, 2) and cancelled = round(cancelled, 2) and paid = round(paid, 2) then ((ordered - cancelled - paid) * 100)::bigint end",
        "currency = 'USD'"
    })
    CustomerAccountEntry entry(Row row) {
        return new CustomerAccountEntry(
                row.customerId(),
                row.customer(),
                row.contact(),
                row.orders(),
                minorUnits(row.ordered()),
                minorUnits(row.cancelled()),
                minorUnits(row.paid()),
                minorUnits(row.ordered().subtract(row.cancelled()).subtract(row.paid())),
                CURRENCY,
                row.lastActivity());
    }

    private static BigDecimal dollars(Money money) {
        return Money.zero(CURRENCY)
                .plus(money)
                .amount(); // refuses any other currency, which this version cannot add up
    }

    private static long minorUnits(BigDecimal dollars) {
        return Money.of(dollars, CURRENCY).minorUnits();
    }
}
