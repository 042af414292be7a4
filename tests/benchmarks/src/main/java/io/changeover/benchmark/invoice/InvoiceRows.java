package io.changeover.benchmark.invoice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/** Rows as somebody would read them by hand, one getter for each column. */
public final class InvoiceRows {

    /** Columns of the first board in the order in which {@link #ofOld} takes them. */
    public static final String OLD_COLUMNS =
            "invoice_id, customer_id, customer, issued_on, due_on, paid_on, status, amount, currency, lines, note";

    /** Columns of the second board in the order in which {@link #ofNew} takes them. */
    public static final String NEW_COLUMNS =
            "invoice_id, customer_id, given_name, family_name, issued_on, due_on, paid_on, status, total_minor_units,"
                    + " currency, line_count, note";

    private static final InvoiceBoardV1 OLD = new InvoiceBoardV1();
    private static final InvoiceBoardV2 NEW = new InvoiceBoardV2();

    private InvoiceRows() {}

    /** The row of the first board at the cursor. */
    public static InvoiceEntry ofOld(ResultSet row) throws SQLException {
        return OLD.entry(new InvoiceBoardV1.Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getObject(4, LocalDate.class),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                row.getString(7),
                row.getBigDecimal(8),
                row.getString(9),
                row.getInt(10),
                row.getString(11)));
    }

    /** The row of the second board at the cursor. */
    public static InvoiceEntry ofNew(ResultSet row) throws SQLException {
        return NEW.entry(new InvoiceBoardV2.Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                row.getObject(7, LocalDate.class),
                InvoiceStatus.valueOf(row.getString(8)),
                row.getLong(9),
                row.getString(10),
                row.getLong(11),
                row.getString(12),
                Instant.EPOCH)); // the last change is no part of the entry, so nobody would fetch it
    }
}
