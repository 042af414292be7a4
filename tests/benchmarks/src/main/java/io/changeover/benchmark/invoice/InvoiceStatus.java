package io.changeover.benchmark.invoice;

import java.util.Arrays;

/** Where an invoice stands. */
enum InvoiceStatus {
    OPEN("Open invoice"),
    AMENDED("Amended"),
    PAID("Paid");

    private final String label;

    InvoiceStatus(String label) {
        this.label = label;
    }

    /** What a person reads. */
    String label() {
        return label;
    }

    static InvoiceStatus ofLabel(String label) {
        return Arrays.stream(values())
                .filter(status -> status.label.equals(label))
                .findFirst()
                .orElseThrow();
    }
}
