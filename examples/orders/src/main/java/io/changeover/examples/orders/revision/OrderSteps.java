package io.changeover.examples.orders.revision;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventTree;
import java.util.List;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Orders: contact and amounts as for customers; and the one event {@code order.status-changed} of release 1, whose
 * status was free text, is split into an event for each status.
 */
final class OrderSteps {

    private static final String STATUS_CHANGED = "order.status-changed";
    private static final int FIRST = 1;

    private OrderSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from("order.placed", 1).up(OrderSteps::placedUp).down(OrderSteps::placedDown),
                EventStep.from("order.line-added", 1).up(OrderSteps::lineUp).down(OrderSteps::lineDown),
                EventStep.from(STATUS_CHANGED, 1)
                        .split(OrderSteps::splitByStatus)
                        .down("order.shipped", FIRST, payload -> statusDown(payload, OrderStatus.SHIPPED, "shippedOn"))
                        .down("order.put-on-hold", FIRST, payload -> statusDown(payload, OrderStatus.ON_HOLD, "heldOn"))
                        .down(
                                "order.disputed",
                                FIRST,
                                payload -> statusDown(payload, OrderStatus.DISPUTED, "disputedOn"))
                        .down(
                                "order.resolved",
                                FIRST,
                                payload -> statusDown(payload, OrderStatus.RESOLVED, "resolvedOn"))
                        .down("order.cancelled", FIRST, OrderSteps::cancelledDown)
                        .build());
    }

    private static void placedUp(ObjectNode payload) {
        Contacts.toNames(payload);
        Fields.rename(payload, "comments", "comment");
        payload.put("currency", Amounts.CURRENCY_OF_RELEASE_1);
    }

    private static void placedDown(ObjectNode payload) {
        Contacts.toOneString(payload);
        Fields.rename(payload, "comment", "comments");
        Amounts.requireCurrencyOfRelease1(payload.required("currency").asString());
        payload.remove("currency");
    }

    private static void lineUp(ObjectNode payload) {
        Amounts.toMinorUnits(payload, "priceEach", "unitPrice");
        Fields.rename(payload, "quantityOrdered", "quantity");
    }

    private static void lineDown(ObjectNode payload) {
        Amounts.toFloatingPoint(payload, "unitPrice", "priceEach");
        Fields.rename(payload, "quantity", "quantityOrdered");
    }

    private static List<EventTree> splitByStatus(ObjectNode payload) {
        String text = payload.required("status").asString();
        OrderStatus status = OrderStatus.ofLabel(text).orElseThrow(() -> unknown(text));
        return switch (status) {
            case SHIPPED -> List.of(statusUp(payload, "order.shipped", "shippedOn"));
            case ON_HOLD -> List.of(statusUp(payload, "order.put-on-hold", "heldOn"));
            case DISPUTED -> List.of(statusUp(payload, "order.disputed", "disputedOn"));
            case RESOLVED -> List.of(statusUp(payload, "order.resolved", "resolvedOn"));
            case CANCELLED -> List.of(cancelledUp(payload));
            // Release 1 wrote it when an order was placed and nothing else happened: order.placed says the same.
            case IN_PROCESS -> List.of();
        };
    }

    private static EventTree statusUp(ObjectNode payload, String name, String date) {
        payload.remove(List.of("status", "orderTotal"));
        Fields.rename(payload, "date", date);
        Fields.rename(payload, "comments", "comment");
        return new EventTree(name, Integer.toString(FIRST), payload);
    }

    private static EventTree cancelledUp(ObjectNode payload) {
        ObjectNode total = payload.objectNode();
        total.set("orderTotal", payload.required("orderTotal"));
        Amounts.toMinorUnits(total, "orderTotal", "orderTotal");
        EventTree cancelled = statusUp(payload, "order.cancelled", "cancelledOn");
        payload.set("orderTotal", total.required("orderTotal"));
        return cancelled;
    }

    private static void statusDown(ObjectNode payload, OrderStatus status, String date) {
        payload.put("status", status.label());
        payload.set("orderTotal", NullNode.getInstance());
        Fields.rename(payload, date, "date");
        Fields.rename(payload, "comment", "comments");
    }

    private static void cancelledDown(ObjectNode payload) {
        Amounts.toFloatingPoint(payload, "orderTotal", "orderTotal");
        double total = payload.required("orderTotal").asDouble();
        statusDown(payload, OrderStatus.CANCELLED, "cancelledOn");
        payload.put("orderTotal", total);
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "status '%s' must be one of %s in any case; extend the step if release 1 wrote another"
                        .formatted(
                                text,
                                java.util.Arrays.stream(OrderStatus.values())
                                        .map(OrderStatus::label)
                                        .toList()));
    }
}
