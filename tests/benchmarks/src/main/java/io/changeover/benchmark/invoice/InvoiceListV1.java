package io.changeover.benchmark.invoice;

import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.View;
import org.jspecify.annotations.Nullable;

/** The rows of the first board, with a canonical form that nobody has written in SQL. */
@View(name = "invoice-list", version = 1)
class InvoiceListV1 {

    private final InvoiceBoardV1 board = new InvoiceBoardV1();

    @Fold
    InvoiceBoardV1.Row on(InvoiceIssued event) {
        return board.on(event);
    }

    @Fold
    InvoiceBoardV1.Row on(InvoiceBoardV1.Row row, InvoiceAmended event) {
        return board.on(row, event);
    }

    @Fold
    InvoiceBoardV1.Row on(InvoiceBoardV1.Row row, InvoicePaid event) {
        return board.on(row, event);
    }

    @Fold
    InvoiceBoardV1.@Nullable Row on(InvoiceBoardV1.Row row, InvoiceWithdrawn event) {
        return board.on(row, event);
    }

    @Canonical
    InvoiceEntry entry(InvoiceBoardV1.Row row) {
        return board.entry(row);
    }
}
