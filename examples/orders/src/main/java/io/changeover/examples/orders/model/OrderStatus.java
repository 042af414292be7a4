package io.changeover.examples.orders.model;

import java.util.Arrays;
import java.util.Optional;

/** Where an order stands. The closed set that took the place of the free text of release 1. */
public enum OrderStatus {
    /** Placed and not yet shipped. */
    IN_PROCESS("In Process"),
    /** Waits, usually for a payment. */
    ON_HOLD("On Hold"),
    /** Has left the warehouse. */
    SHIPPED("Shipped"),
    /** Shipped, and the customer objects. */
    DISPUTED("Disputed"),
    /** The customer's objection is settled. */
    RESOLVED("Resolved"),
    /** Will not be paid, whether it has been shipped or not. */
    CANCELLED("Cancelled");

    private final String label;

    OrderStatus(String label) {
        this.label = label;
    }

    /** The text that release 1 wrote, and that people know. */
    public String label() {
        return label;
    }

    /** The status that people wrote as this text, without regard to case and surrounding blanks; empty for any other. */
    public static Optional<OrderStatus> ofLabel(String text) {
        return Arrays.stream(values())
                .filter(status -> status.label.equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
