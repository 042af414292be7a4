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
import io.changeover.examples.orders.model.PersonName;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The second account: minor units, names apart, the balance kept ready to sort by, and the credit that is left. */
@View(name = "customer-account", version = 2)
class CustomerAccountV2 {

    /** The wholesaler keeps its books in dollars; orders in another currency need a rate that no event has yet. */
    private static final String CURRENCY = "USD";

    record Row(
            @Key String customerId,
            String customerName,
            @Sensitive String contactGivenName,
            @Sensitive String contactFamilyName,
            @Sensitive String phone,
            String country,
            int orderCount,
            long orderedMinorUnits,
            long cancelledMinorUnits,
            long paidMinorUnits,
            @Indexed long balanceMinorUnits,
            @Nullable Long creditLimitMinorUnits,
            Instant lastActivity) {

        Row at(EventInfo info) {
            Instant later = info.time().isAfter(lastActivity) ? info.time() : lastActivity;
            return with(contactGivenName, contactFamilyName, phone, creditLimitMinorUnits, later);
        }

        Row withContact(PersonName contact, String newPhone) {
            return with(contact.givenName(), contact.familyName(), newPhone, creditLimitMinorUnits, lastActivity);
        }

        Row withCreditLimit(long minorUnits) {
            return with(contactGivenName, contactFamilyName, phone, minorUnits, lastActivity);
        }

        Row ordered(long minorUnits) {
            return with(orderCount, Math.addExact(orderedMinorUnits, minorUnits), cancelledMinorUnits, paidMinorUnits);
        }

        Row cancelled(long minorUnits) {
            return with(orderCount, orderedMinorUnits, Math.addExact(cancelledMinorUnits, minorUnits), paidMinorUnits);
        }

        Row paid(long minorUnits) {
            return with(orderCount, orderedMinorUnits, cancelledMinorUnits, Math.addExact(paidMinorUnits, minorUnits));
        }

        Row withOneMoreOrder() {
            return with(orderCount + 1, orderedMinorUnits, cancelledMinorUnits, paidMinorUnits);
        }

        private Row with(int orders, long ordered, long cancelled, long paid) {
            return new Row(
                    customerId,
                    customerName,
                    contactGivenName,
                    contactFamilyName,
                    phone,
                    country,
                    orders,
                    ordered,
                    cancelled,
                    paid,
                    Math.subtractExact(Math.subtractExact(ordered, cancelled), paid),
                    creditLimitMinorUnits,
                    lastActivity);
        }

        private Row with(
                String given, String family, String newPhone, @Nullable Long creditLimit, Instant newActivity) {
            return new Row(
                    customerId,
                    customerName,
                    given,
                    family,
                    newPhone,
                    country,
                    orderCount,
                    orderedMinorUnits,
                    cancelledMinorUnits,
                    paidMinorUnits,
                    balanceMinorUnits,
                    creditLimit,
                    newActivity);
        }
    }

    @Fold
    Row on(CustomerRegistered event, EventInfo info) {
        return new Row(
                event.customerId(),
                event.name(),
                event.contact().givenName(),
                event.contact().familyName(),
                event.phone(),
                event.address().country(),
                0,
                0,
                0,
                0,
                0,
                null,
                info.time());
    }

    @Fold
    Row on(Row row, CustomerContactChanged event, EventInfo info) {
        return row.withContact(event.contact(), event.phone()).at(info);
    }

    @Fold
    Row on(Row row, CreditLimitSet event, EventInfo info) {
        return row.withCreditLimit(minorUnits(event.limit())).at(info);
    }

    @Fold
    Row on(Row row, OrderPlaced event, EventInfo info) {
        return row.withOneMoreOrder().at(info);
    }

    @Fold
    Row on(Row row, OrderLineAdded event, EventInfo info) {
        return row.ordered(minorUnits(event.lineTotal())).at(info);
    }

    @Fold
    Row on(Row row, OrderShipped event, EventInfo info) {
        return row.at(info);
    }

    @Fold
    Row on(Row row, OrderCancelled event, EventInfo info) {
        return row.cancelled(minorUnits(event.orderTotal())).at(info);
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
        return row.paid(minorUnits(event.amount())).at(info);
    }

    @Canonical
    @CanonicalSql({
        "contact = btrim(contact_given_name || ' ' || contact_family_name, E' \\t\\n\\r\\f\\v')",
        "currency = 'USD'"
    })
    CustomerAccountEntry entry(Row row) {
        return new CustomerAccountEntry(
                row.customerId(),
                row.customerName(),
                new PersonName(row.contactGivenName(), row.contactFamilyName()).display(),
                row.orderCount(),
                row.orderedMinorUnits(),
                row.cancelledMinorUnits(),
                row.paidMinorUnits(),
                row.balanceMinorUnits(),
                CURRENCY,
                row.lastActivity());
    }

    private static long minorUnits(Money money) {
        return Money.zero(CURRENCY).plus(money).minorUnits(); // refuses any other currency
    }
}
