package io.changeover.benchmark.invoice;

import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The first board, made for a screen: one name, a label, a decimal amount. */
@View(name = "invoice-board", version = 1)
class InvoiceBoardV1 {

    static final int DECIMALS = 2;

    record Row(
            @Key String invoiceId,
            String customerId,
            String customer,
            LocalDate issuedOn,
            LocalDate dueOn,
            @Nullable LocalDate paidOn,
            @Indexed String status,
            BigDecimal amount,
            String currency,
            int lines,
            @Nullable String note) {

        private Row with(InvoiceStatus next, BigDecimal owed, @Nullable LocalDate paid) {
            return new Row(
                    invoiceId, customerId, customer, issuedOn, dueOn, paid, next.label(), owed, currency, lines, note);
        }
    }

    @Fold
    Row on(InvoiceIssued event) {
        return new Row(
                event.invoiceId(),
                event.customerId(),
                event.givenName() + " " + event.familyName(),
                event.issuedOn(),
                event.dueOn(),
                null,
                InvoiceStatus.OPEN.label(),
                BigDecimal.valueOf(event.minorUnits(), DECIMALS),
                event.currency(),
                event.lines(),
                event.note());
    }

    @Fold
    Row on(Row row, InvoiceAmended event) {
        return row.with(InvoiceStatus.AMENDED, BigDecimal.valueOf(event.minorUnits(), DECIMALS), row.paidOn());
    }

    @Fold
    Row on(Row row, InvoicePaid event) {
        return row.with(InvoiceStatus.PAID, row.amount(), event.paidOn());
    }

    @Fold
    @Nullable
    Row on(Row row, InvoiceWithdrawn event) {
        return null;
    }

    @Canonical
    @CanonicalSql({
        "status = case status when 'Open invoice' then 'OPEN' when 'Amended' then 'AMENDED' when 'Paid' then 'PAID' end",
        "totalMinorUnits = amount * 100"
    })
    InvoiceEntry entry(Row row) {
        return new InvoiceEntry(
                row.invoiceId(),
                row.customerId(),
                row.customer(),
                row.issuedOn(),
                row.dueOn(),
                row.paidOn(),
                InvoiceStatus.ofLabel(row.status()),
                row.amount().movePointRight(DECIMALS).longValueExact(),
                row.currency(),
                row.lines(),
                row.note());
    }
}
