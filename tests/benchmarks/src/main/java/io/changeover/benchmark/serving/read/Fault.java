package io.changeover.benchmark.serving.read;

import io.changeover.benchmark.invoice.InvoiceEntry;

/** What is wrong with the reads of the new version. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** They throw. */
    FAILS,
    /** They tell a total that is one unit too great. */
    LIES;

    private static volatile Fault present = NONE;

    /** From here on, in this process. */
    public static void set(Fault fault) {
        present = fault;
    }

    static InvoiceEntry applied(InvoiceEntry entry) {
        return switch (present) {
            case NONE -> entry;
            case FAILS -> throw new IllegalStateException("the new version fails");
            case LIES ->
                new InvoiceEntry(
                        entry.invoiceId(),
                        entry.customerId(),
                        entry.customer(),
                        entry.issuedOn(),
                        entry.dueOn(),
                        entry.paidOn(),
                        entry.status(),
                        entry.totalMinorUnits() + 1,
                        entry.currency(),
                        entry.lines(),
                        entry.note());
        };
    }
}
