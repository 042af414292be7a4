package io.changeover.benchmark.serving.read;

import io.changeover.benchmark.invoice.InvoiceEntry;
import io.changeover.benchmark.invoice.InvoiceRows;
import io.changeover.view.Serves;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

@Serves(view = InvoiceBoard.VIEW, version = 1)
class InvoiceBoardV1Reads implements InvoiceBoard {

    private static final String BY_ID =
            "select %s from views.invoice_board_v1 where invoice_id = ?".formatted(InvoiceRows.OLD_COLUMNS);

    private final JdbcClient jdbc;

    InvoiceBoardV1Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Optional<InvoiceEntry> byId(String invoiceId) {
        return jdbc.sql(BY_ID)
                .param(invoiceId)
                .query((row, number) -> InvoiceRows.ofOld(row))
                .optional();
    }
}
