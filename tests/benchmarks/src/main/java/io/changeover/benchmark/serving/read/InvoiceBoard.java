package io.changeover.benchmark.serving.read;

import io.changeover.benchmark.invoice.InvoiceEntry;
import java.util.Optional;

/** What readers of invoices ask. */
public interface InvoiceBoard {

    /** Name of the view. */
    String VIEW = "invoice-board";

    /** The version that answers, without a look at the database. */
    int version();

    /** The invoice of that number, from the database. */
    Optional<InvoiceEntry> byId(String invoiceId);
}
