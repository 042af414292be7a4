package io.changeover.examples.orders.revision;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.upcast.Changes;
import io.changeover.upcast.Conversion;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.Examples;
import io.changeover.upcast.StepRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Orders: contact and amounts as for customers; and the one event {@code order.status-changed} of release 1, whose
 * status was free text, is split into an event for each status.
 */
final class OrderSteps {

    private static final int FIRST = 1;
    private static final String TOTAL_LOST =
            "the total of the order when its status changed, which only a cancellation needs";

    private static final Conversion LABEL = Conversion.of("free text to label", OrderSteps::label, label -> label)
            .losingUp("capitals and blanks around the text of a status")
            .exactForOlder(Examples.oneOf(Arrays.stream(OrderStatus.values())
                    .map(status -> JsonNodeFactory.instance.stringNode(status.label()))
                    .toList()));

    private OrderSteps() {}

    static List<EventStep> all() {
        return List.of(
                EventStep.from("order.placed", 1).to(2, payload -> payload.convert("contact", Contacts.NAMES)
                        .rename("comments", "comment")
                        .add("currency", Amounts.CURRENCY_OF_RELEASE_1)),
                EventStep.from("order.line-added", 1).to(2, payload -> payload.convert("priceEach", Amounts.MONEY)
                        .rename("priceEach", "unitPrice")
                        .rename("quantityOrdered", "quantity")),
                EventStep.from("order.status-changed", 1).splitBy("status", split -> split.first(
                                payload -> payload.convert("status", LABEL))
                        .when(OrderStatus.SHIPPED.label(), "order.shipped", FIRST, withDate("shippedOn"))
                        .when(OrderStatus.ON_HOLD.label(), "order.put-on-hold", FIRST, withDate("heldOn"))
                        .when(OrderStatus.DISPUTED.label(), "order.disputed", FIRST, withDate("disputedOn"))
                        .when(OrderStatus.RESOLVED.label(), "order.resolved", FIRST, withDate("resolvedOn"))
                        .when(OrderStatus.CANCELLED.label(), "order.cancelled", FIRST, payload -> payload.convert(
                                        "orderTotal", Amounts.MONEY)
                                .rename("date", "cancelledOn")
                                .rename("comments", "comment"))
                        .drop(
                                OrderStatus.IN_PROCESS.label(),
                                "that release 1 said an order was in process, which its placing says as well")));
    }

    private static Consumer<Changes> withDate(String name) {
        return payload -> payload.remove("orderTotal", JsonNodeFactory.instance.nullNode(), TOTAL_LOST)
                .rename("date", name)
                .rename("comments", "comment");
    }

    private static JsonNode label(JsonNode text) {
        OrderStatus status = OrderStatus.ofLabel(text.asString())
                .orElseThrow(() -> new StepRefusedException(
                        null,
                        "'%s' must be one of %s in any case; extend the step if release 1 wrote another"
                                .formatted(
                                        text.asString(),
                                        Arrays.stream(OrderStatus.values())
                                                .map(OrderStatus::label)
                                                .toList())));
        return JsonNodeFactory.instance.stringNode(status.label());
    }
}
