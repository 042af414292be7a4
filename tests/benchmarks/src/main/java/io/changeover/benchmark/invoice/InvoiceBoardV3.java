package io.changeover.benchmark.invoice;

import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.View;
import org.jspecify.annotations.Nullable;

/** The second board with a fault in one field that only the keys of {@link Faulty} show, from their first amendment on. */
@View(name = "invoice-board", version = 3)
class InvoiceBoardV3 {

    private final InvoiceBoardV2 board = new InvoiceBoardV2();

    @Fold
    InvoiceBoardV2.Row on(InvoiceIssued event, EventInfo info) {
        return board.on(event, info);
    }

    @Fold
    InvoiceBoardV2.Row on(InvoiceBoardV2.Row row, InvoiceAmended event, EventInfo info) {
        long wrong = Faulty.shows(event.invoiceId()) ? 1 : 0;
        return row.with(InvoiceStatus.AMENDED, event.minorUnits() + wrong, row.paidOn(), info);
    }

    @Fold
    InvoiceBoardV2.Row on(InvoiceBoardV2.Row row, InvoicePaid event, EventInfo info) {
        return board.on(row, event, info);
    }

    @Fold
    InvoiceBoardV2.@Nullable Row on(InvoiceBoardV2.Row row, InvoiceWithdrawn event) {
        return board.on(row, event);
    }

    @Canonical
    @CanonicalSql({"customer = given_name || ' ' || family_name", "lines = line_count"})
    InvoiceEntry entry(InvoiceBoardV2.Row row) {
        return board.entry(row);
    }
}
