package io.changeover.examples.orders.model;

/** How a payment came in. */
public enum PaymentMethod {
    /** By check; its reference is the number of the check. The only method before release 3. */
    CHECK,
    /** By bank transfer; its reference is that of the bank. */
    TRANSFER
}
