package io.changeover.benchmark.invoice;

import io.changeover.view.Key;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An invoice as readers see it, and as versions are compared. */
public record InvoiceEntry(
        @Key String invoiceId,
        String customerId,
        String customer,
        LocalDate issuedOn,
        LocalDate dueOn,
        @Nullable LocalDate paidOn,
        InvoiceStatus status,
        long totalMinorUnits,
        String currency,
        int lines,
        @Nullable String note) {}
