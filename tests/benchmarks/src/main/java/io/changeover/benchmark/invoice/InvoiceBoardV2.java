package io.changeover.benchmark.invoice;

import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The second board, made for programs: names apart, a closed set of states, minor units, the last change. */
@View(name = "invoice-board", version = 2)
class InvoiceBoardV2 {

    record Row(
            @Key String invoiceId,
            @Indexed String customerId,
            String givenName,
            String familyName,
            LocalDate issuedOn,
            LocalDate dueOn,
            @Nullable LocalDate paidOn,
            InvoiceStatus status,
            long totalMinorUnits,
            String currency,
            long lineCount,
            @Nullable String note,
            Instant changedAt) {

        Row with(InvoiceStatus next, long owed, @Nullable LocalDate paid, EventInfo info) {
            return new Row(
                    invoiceId,
                    customerId,
                    givenName,
                    familyName,
                    issuedOn,
                    dueOn,
                    paid,
                    next,
                    owed,
                    currency,
                    lineCount,
                    note,
                    info.time());
        }
    }

    @Fold
    Row on(InvoiceIssued event, EventInfo info) {
        return new Row(
                event.invoiceId(),
                event.customerId(),
                event.givenName(),
                event.familyName(),
                event.issuedOn(),
                event.dueOn(),
                null,
                InvoiceStatus.OPEN,
                event.minorUnits(),
                event.currency(),
                event.lines(),
                event.note(),
                info.time());
    }

    @Fold
    Row on(Row row, InvoiceAmended event, EventInfo info) {
        return row.with(InvoiceStatus.AMENDED, event.minorUnits(), row.paidOn(), info);
    }

    @Fold
    Row on(Row row, InvoicePaid event, EventInfo info) {
        return row.with(InvoiceStatus.PAID, row.totalMinorUnits(), event.paidOn(), info);
    }

    @Fold
    @Nullable
    Row on(Row row, InvoiceWithdrawn event) {
        return null;
    }

    @Canonical
    @CanonicalSql({"customer = given_name || ' ' || family_name", "lines = line_count"})
    InvoiceEntry entry(Row row) {
        return new InvoiceEntry(
                row.invoiceId(),
                row.customerId(),
                row.givenName() + " " + row.familyName(),
                row.issuedOn(),
                row.dueOn(),
                row.paidOn(),
                row.status(),
                row.totalMinorUnits(),
                row.currency(),
                Math.toIntExact(row.lineCount()),
                row.note());
    }
}
