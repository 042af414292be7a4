package io.changeover.examples.orders.traffic;

import io.changeover.examples.orders.customer.ChangeContact;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import io.changeover.examples.orders.dispatch.Release;
import io.changeover.examples.orders.model.Money;
import io.changeover.examples.orders.model.PaymentMethod;
import io.changeover.examples.orders.model.PersonName;
import io.changeover.examples.orders.order.AddOrderLine;
import io.changeover.examples.orders.order.CancelOrder;
import io.changeover.examples.orders.order.DisputeOrder;
import io.changeover.examples.orders.order.PlaceOrder;
import io.changeover.examples.orders.order.PutOrderOnHold;
import io.changeover.examples.orders.order.ResolveDispute;
import io.changeover.examples.orders.order.ShipOrder;
import io.changeover.examples.orders.payment.ReceivePayment;
import io.changeover.examples.orders.steelwheels.SteelWheels;
import io.changeover.examples.orders.steelwheels.SteelWheels.CustomerRow;
import io.changeover.examples.orders.steelwheels.SteelWheels.LineRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What happens at each step, from the number of the step and the seed alone: an order is placed, and orders of earlier
 * steps go on. Nothing is remembered, so a run that was interrupted goes on with the very orders it would have had.
 */
final class TrafficScript {

    private static final String CURRENCY = "USD";
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L; // spreads neighbouring numbers over all seeds
    private static final int STEPS_TO_SHIPPING = 3;
    private static final int STEPS_TO_SECOND_ACT = 6;
    private static final int STEPS_TO_PAYMENT = 9;
    private static final int MAX_LINES = 5;
    private static final int MAX_QUANTITY = 60;
    private static final int CENTS = 100;
    private static final int DAYS_TO_DELIVERY = 8;
    private static final int STEPS_BETWEEN_CONTACT_CHANGES = 20;

    private enum Fate {
        PLAIN,
        CANCELLED,
        HELD,
        DISPUTED
    }

    private record Line(String productCode, int quantity, Money unitPrice) {}

    private record Draft(String orderId, CustomerRow customer, List<Line> lines, Fate fate) {

        String customerId() {
            return Integer.toString(customer.number());
        }

        Money total() {
            return lines.stream()
                    .map(line -> line.unitPrice().times(line.quantity()))
                    .reduce(Money.zero(CURRENCY), Money::plus);
        }
    }

    private final long seed;
    private final List<CustomerRow> customers;
    private final List<Map.Entry<String, BigDecimal>> prices;

    TrafficScript(SteelWheels data, long seed) {
        this.seed = seed;
        this.customers = data.customers().stream()
                .filter(customer -> customer.creditLimit().signum() > 0)
                .sorted(Comparator.comparingInt(CustomerRow::number))
                .toList();
        Map<String, BigDecimal> firstPrices = new TreeMap<>();
        data.lines().stream()
                .sorted(Comparator.comparingInt(LineRow::orderNumber).thenComparingInt(LineRow::lineNumber))
                .forEach(line -> firstPrices.putIfAbsent(line.productCode(), line.priceEach()));
        this.prices = List.copyOf(firstPrices.entrySet());
    }

    /**
     * The commands of one step.
     *
     * @param index number of the step, 1 or greater
     * @param at when it happens
     */
    List<HistoricCommand> step(long index, Instant at) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        List<Object> commands = new ArrayList<>(placed(draft(index), day));
        if (index > STEPS_TO_SHIPPING) {
            commands.add(firstAct(draft(index - STEPS_TO_SHIPPING), day));
        }
        if (index > STEPS_TO_SECOND_ACT) {
            commands.addAll(secondAct(draft(index - STEPS_TO_SECOND_ACT), day));
        }
        if (index > STEPS_TO_PAYMENT) {
            commands.addAll(lastAct(draft(index - STEPS_TO_PAYMENT), day));
        }
        if (index % STEPS_BETWEEN_CONTACT_CHANGES == 0) {
            commands.add(contactChanged(draft(index).customer(), index));
        }
        return commands.stream()
                .map(command -> new HistoricCommand(at, Release.current(), command))
                .toList();
    }

    private static List<Object> placed(Draft draft, LocalDate day) {
        List<Object> commands = new ArrayList<>();
        commands.add(new PlaceOrder(
                draft.orderId(),
                draft.customerId(),
                draft.customer().name(),
                contact(draft.customer()),
                day,
                day.plusDays(DAYS_TO_DELIVERY),
                CURRENCY,
                null));
        for (int i = 0; i < draft.lines().size(); i++) {
            Line line = draft.lines().get(i);
            commands.add(
                    new AddOrderLine(draft.orderId(), i + 1, line.productCode(), line.quantity(), line.unitPrice()));
        }
        return commands;
    }

    private static Object firstAct(Draft draft, LocalDate day) {
        return switch (draft.fate()) {
            case PLAIN, DISPUTED -> new ShipOrder(draft.orderId(), day, null);
            case CANCELLED -> new CancelOrder(draft.orderId(), day, "Customer called to cancel");
            case HELD -> new PutOrderOnHold(draft.orderId(), day, "Credit limit exceeded");
        };
    }

    private static List<Object> secondAct(Draft draft, LocalDate day) {
        return switch (draft.fate()) {
            case PLAIN, CANCELLED -> List.of();
            case HELD -> List.of(new ShipOrder(draft.orderId(), day, "Released by the sales manager"));
            case DISPUTED -> List.of(new DisputeOrder(draft.orderId(), day, "Some items were missing"));
        };
    }

    private static List<Object> lastAct(Draft draft, LocalDate day) {
        ReceivePayment payment = new ReceivePayment(
                draft.orderId() + "-payment",
                draft.customerId(),
                PaymentMethod.TRANSFER,
                draft.orderId(),
                draft.total(),
                day);
        return switch (draft.fate()) {
            case PLAIN, HELD -> List.of(payment);
            case CANCELLED -> List.of();
            case DISPUTED -> List.of(new ResolveDispute(draft.orderId(), day, "Missing items sent"), payment);
        };
    }

    private static Object contactChanged(CustomerRow customer, long index) {
        return new ChangeContact(
                Integer.toString(customer.number()), contact(customer), customer.phone() + " ext. " + index);
    }

    private Draft draft(long index) {
        Random random = new Random(seed ^ (index * GOLDEN_GAMMA));
        CustomerRow customer = customers.get(random.nextInt(customers.size()));
        List<Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(MAX_LINES);
        for (int i = 0; i < count; i++) {
            Map.Entry<String, BigDecimal> price = prices.get(random.nextInt(prices.size()));
            Money whole = Money.of(price.getValue(), CURRENCY);
            Money withCents = new Money(whole.minorUnits() + random.nextInt(CENTS), CURRENCY);
            lines.add(new Line(price.getKey(), 1 + random.nextInt(MAX_QUANTITY), withCents));
        }
        return new Draft("t-" + index, customer, List.copyOf(lines), fate(random.nextInt(20)));
    }

    /** Of twenty orders, two are cancelled, one has to wait and one is disputed. */
    private static Fate fate(int throwOfTwenty) {
        return switch (throwOfTwenty) {
            case 0, 1 -> Fate.CANCELLED;
            case 2 -> Fate.HELD;
            case 3 -> Fate.DISPUTED;
            default -> Fate.PLAIN;
        };
    }

    private static PersonName contact(CustomerRow customer) {
        return new PersonName(customer.contactFirstName(), customer.contactLastName());
    }
}
