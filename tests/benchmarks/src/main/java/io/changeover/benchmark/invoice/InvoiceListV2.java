package io.changeover.benchmark.invoice;

import io.changeover.view.Canonical;
import io.changeover.view.EventInfo;
import io.changeover.view.Fold;
import io.changeover.view.View;
import org.jspecify.annotations.Nullable;

/** The rows of the second board, with a canonical form that nobody has written in SQL. */
@View(name = "invoice-list", version = 2)
class InvoiceListV2 {

    private final InvoiceBoardV2 board = new InvoiceBoardV2();

    @Fold
    InvoiceBoardV2.Row on(InvoiceIssued event, EventInfo info) {
        return board.on(event, info);
    }

    @Fold
    InvoiceBoardV2.Row on(InvoiceBoardV2.Row row, InvoiceAmended event, EventInfo info) {
        return board.on(row, event, info);
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
    InvoiceEntry entry(InvoiceBoardV2.Row row) {
        return board.entry(row);
    }
}
