package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;

/** One row in a hundred of the new version other than it must be, spread evenly by key, in several fields. */
final class OnePercent {

    private static final String TABLE = InvoiceNode.table(InvoiceBoards.NEW);
    private static final String KEYS =
            """
            select invoice_id, n / 100 %% 5 as kind
            from (select invoice_id, row_number() over (order by invoice_id) as n from %s) t where n %% 100 = 50"""
                    .formatted(TABLE);

    private OnePercent() {}

    /** Changes the rows, and leaves the table as tidy as it was. */
    static Planted into(Database store) {
        Planted planted = Planted.into(
                store,
                TABLE,
                KEYS,
                change(0, "total_minor_units = total_minor_units + 1"),
                change(1, "family_name = family_name || 'x'"),
                change(2, "status = case status when 'OPEN' then 'PAID' else 'OPEN' end"),
                change(3, "note = case when note is null then 'none' end"),
                change(4, "due_on = due_on + 1, line_count = line_count + 1"));
        tidy(store);
        return planted;
    }

    private static String change(int kind, String set) {
        return "update %%1$s t set %s from %%2$s planted where planted.invoice_id = t.invoice_id and planted.kind = %d"
                .formatted(set, kind);
    }

    /** Changing rows leaves dead ones behind, which would weigh on whoever reads next. */
    static void tidy(Database store) {
        store.run("vacuum (analyze) " + TABLE);
    }
}
