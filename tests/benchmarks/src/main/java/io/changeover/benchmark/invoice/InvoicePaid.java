package io.changeover.benchmark.invoice;

import io.changeover.event.EventType;
import java.time.LocalDate;

/** Nothing is owed any more. */
@EventType(name = "invoice.paid")
record InvoicePaid(String invoiceId, LocalDate paidOn) {}
