package io.changeover.benchmark.invoice;

import io.changeover.event.EventType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Somebody owes something from now on. */
@EventType(name = "invoice.issued")
record InvoiceIssued(
        String invoiceId,
        String customerId,
        String givenName,
        String familyName,
        LocalDate issuedOn,
        LocalDate dueOn,
        long minorUnits,
        String currency,
        int lines,
        @Nullable String note) {}
