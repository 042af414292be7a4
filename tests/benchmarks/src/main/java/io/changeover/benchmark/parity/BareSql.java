package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.benchmark.replay.store.Database;
import java.util.List;

/** The full outer join that somebody would type to see whether the two boards differ. */
final class BareSql {

    private static final String JOIN =
            """
            from (
                select invoice_id, customer_id, customer, issued_on, due_on, paid_on,
                    case status when 'Open invoice' then 'OPEN' when 'Amended' then 'AMENDED' when 'Paid' then 'PAID' end
                        as status,
                    (amount * 100)::bigint as total_minor_units, currency, lines, note
                from %s) l
            full outer join (
                select invoice_id, customer_id, given_name || ' ' || family_name as customer, issued_on, due_on, paid_on,
                    status, total_minor_units, currency, line_count::integer as lines, note
                from %s) r using (invoice_id)
            where (l.customer_id, l.customer, l.issued_on, l.due_on, l.paid_on, l.status, l.total_minor_units, l.currency,
                    l.lines, l.note)
                is distinct from (r.customer_id, r.customer, r.issued_on, r.due_on, r.paid_on, r.status,
                    r.total_minor_units, r.currency, r.lines, r.note)
            """
                    .formatted(InvoiceNode.table(InvoiceBoards.OLD), InvoiceNode.table(InvoiceBoards.NEW));

    /** Any difference? */
    static final String EXISTS = "select exists (select " + JOIN + ")";

    /** How many differences? */
    static final String COUNT = "select count(*) " + JOIN;

    private BareSql() {}

    /** What the server did for the statement, line by line. */
    static List<String> explained(Database store, String sql) {
        return store.texts("explain (analyze, buffers) " + sql);
    }
}
