package io.changeover.examples.orders.web;

import io.changeover.examples.orders.board.OrderBoardEntry;
import io.changeover.examples.orders.model.Money;
import io.changeover.sensitive.Sensitive;
import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An order as version 2 of the API shows it: what belongs together stands together.
 *
 * @param orderId identifier of the order
 * @param status where the order stands, in lower case with hyphens, such as {@code on-hold}
 * @param customer who ordered
 * @param contact person who placed the order
 * @param orderDate day of the order
 * @param requiredDate day on which the goods must be there
 * @param shippedDate day on which they left, or null
 * @param total sum of all lines
 * @param links addresses of what has to do with the order
 */
public record PresentedOrder(
        String orderId,
        String status,
        Customer customer,
        Contact contact,
        LocalDate orderDate,
        LocalDate requiredDate,
        @Nullable LocalDate shippedDate,
        Money total,
        Links links) {

    /**
     * A business.
     *
     * @param customerId its identifier
     * @param name its name on the day of the order
     */
    public record Customer(String customerId, String name) {}

    /**
     * A person at the customer.
     *
     * @param name full name, given name first
     */
    public record Contact(@Sensitive String name) {}

    /**
     * Addresses on this server.
     *
     * @param self the order
     * @param account the customer's account
     */
    public record Links(URI self, URI account) {}

    static PresentedOrder of(OrderBoardEntry entry) {
        return new PresentedOrder(
                entry.orderId(),
                entry.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                new Customer(entry.customerId(), entry.customerName()),
                new Contact(entry.contact()),
                entry.orderDate(),
                entry.requiredDate(),
                entry.shippedDate(),
                new Money(entry.totalMinorUnits(), entry.currency()),
                new Links(
                        address("/orders/{id}", entry.orderId()),
                        address("/customers/{id}/account", entry.customerId())));
    }

    private static URI address(String path, String id) {
        return UriComponentsBuilder.fromPath(path).encode().buildAndExpand(id).toUri();
    }
}
