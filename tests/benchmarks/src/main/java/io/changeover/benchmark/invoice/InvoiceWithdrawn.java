package io.changeover.benchmark.invoice;

import io.changeover.event.EventType;

/** The invoice should never have been issued. */
@EventType(name = "invoice.withdrawn")
record InvoiceWithdrawn(String invoiceId) {}
