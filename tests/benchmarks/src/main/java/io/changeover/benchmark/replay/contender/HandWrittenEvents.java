package io.changeover.benchmark.replay.contender;

import io.changeover.examples.orders.event.OrderCancelled;
import io.changeover.examples.orders.event.OrderDisputed;
import io.changeover.examples.orders.event.OrderLineAdded;
import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.event.OrderPutOnHold;
import io.changeover.examples.orders.event.OrderResolved;
import io.changeover.examples.orders.event.OrderShipped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.module.blackbird.BlackbirdModule;

/** Payloads to today's records, with the upcasting that this one view needs, written out. */
final class HandWrittenEvents {

    private static final String FIRST = "1";
    private static final String CURRENCY = "USD";
    private static final int CENT_DIGITS = 2;

    private final JsonMapper json =
            JsonMapper.builder().addModule(new BlackbirdModule()).build();
    private final ObjectReader trees = json.readerFor(ObjectNode.class);
    private final Map<String, ObjectReader> readers = new HashMap<>();

    HandWrittenEvents() {
        Map.of(
                        "order.placed", OrderPlaced.class,
                        "order.line-added", OrderLineAdded.class,
                        "order.shipped", OrderShipped.class,
                        "order.cancelled", OrderCancelled.class,
                        "order.put-on-hold", OrderPutOnHold.class,
                        "order.disputed", OrderDisputed.class,
                        "order.resolved", OrderResolved.class)
                .forEach((name, type) -> readers.put(name, json.readerFor(type)));
    }

    Object parse(String name, String revision, byte[] payload) {
        if (name.equals("order.status-changed")) {
            return statusChanged(trees.readValue(payload));
        }
        if (revision.equals(FIRST)) {
            switch (name) {
                case "order.placed" -> {
                    return current(name, placed(trees.readValue(payload)));
                }
                case "order.line-added" -> {
                    return current(name, lineAdded(trees.readValue(payload)));
                }
                default -> {
                    // The first revision is today's.
                }
            }
        }
        return Objects.requireNonNull(readers.get(name)).readValue(payload);
    }

    private Object current(String name, ObjectNode event) {
        return Objects.requireNonNull(readers.get(name)).readValue(event);
    }

    private static ObjectNode placed(ObjectNode event) {
        String contact = event.get("contact").asString();
        int separator = contact.lastIndexOf(", ");
        event.putObject("contact")
                .put("givenName", separator < 0 ? "" : contact.substring(separator + 2))
                .put("familyName", separator < 0 ? contact : contact.substring(0, separator));
        event.put("currency", CURRENCY);
        return renamed(event, "comments", "comment");
    }

    private static ObjectNode lineAdded(ObjectNode event) {
        money(event, "priceEach", "unitPrice");
        return renamed(event, "quantityOrdered", "quantity");
    }

    private Object statusChanged(ObjectNode event) {
        String status = event.remove("status").asString().strip().toLowerCase(Locale.ROOT);
        renamed(event, "comments", "comment");
        if (status.equals("cancelled")) {
            money(event, "orderTotal", "orderTotal");
            return current("order.cancelled", renamed(event, "date", "cancelledOn"));
        }
        event.remove("orderTotal");
        return switch (status) {
            case "shipped" -> current("order.shipped", renamed(event, "date", "shippedOn"));
            case "on hold" -> current("order.put-on-hold", renamed(event, "date", "heldOn"));
            case "disputed" -> current("order.disputed", renamed(event, "date", "disputedOn"));
            case "resolved" -> current("order.resolved", renamed(event, "date", "resolvedOn"));
            default -> throw new IllegalStateException("status '%s' is not known".formatted(status));
        };
    }

    private static void money(ObjectNode event, String from, String to) {
        BigDecimal amount = event.remove(from).decimalValue();
        event.putObject(to)
                .put(
                        "minorUnits",
                        amount.movePointRight(CENT_DIGITS)
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValueExact())
                .put("currency", CURRENCY);
    }

    private static ObjectNode renamed(ObjectNode event, String from, String to) {
        JsonNode value = event.remove(from);
        if (value != null) {
            event.set(to, value);
        }
        return event;
    }
}
