package io.changeover.benchmark.parity;

import io.changeover.benchmark.invoice.InvoiceBoards;
import io.changeover.benchmark.invoice.InvoiceNode;
import io.changeover.parity.DifferingRow;
import io.changeover.view.VersionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be wrong with a pair that is clean otherwise.
 *
 * @param name what is wrong, for people
 * @param version whose table is changed
 * @param keys query of the keys under which something is changed
 * @param change statements as in {@link Planted#into}
 * @param kind as what each key must be found, or null where nothing must be found
 * @param fields the fields in which each must be found to differ
 */
record Corruption(
        String name,
        VersionId version,
        String keys,
        List<String> change,
        DifferingRow.@Nullable Kind kind,
        List<String> fields) {

    private static final String HERE = "where invoice_id in (select invoice_id from %2$s)";

    /** All kinds. */
    static List<Corruption> all() {
        String middle = "select invoice_id from %s order by invoice_id offset (select count(*) / 2 from %1$s) limit %%d"
                .formatted(table(InvoiceBoards.NEW));
        String one = middle.formatted(1);
        String first = "select min(invoice_id) as invoice_id from " + table(InvoiceBoards.NEW);
        String last = "select max(invoice_id) as invoice_id from " + table(InvoiceBoards.NEW);
        String strange = "select invoice_id || 'x' as invoice_id from (%s) t".formatted(one);
        String noted = "select min(invoice_id) as invoice_id from %s where note is not null"
                .formatted(table(InvoiceBoards.NEW));
        String bare =
                "select max(invoice_id) as invoice_id from %s where note is null".formatted(table(InvoiceBoards.NEW));
        // Two neighbours whose amounts are not the same by chance.
        String pair =
                """
                with pair as (
                    select invoice_id, next from (
                        select invoice_id, total_minor_units, lead(invoice_id) over w as next,
                            lead(total_minor_units) over w as other
                        from %s window w as (order by invoice_id)) t
                    where total_minor_units <> other
                    order by invoice_id desc limit 1)
                select invoice_id, next as partner from pair union all select next, invoice_id from pair"""
                        .formatted(table(InvoiceBoards.NEW));
        return List.of(
                missing("a row missing in the new version", InvoiceBoards.NEW, one, DifferingRow.Kind.MISSING),
                missing("a row missing in the old version", InvoiceBoards.OLD, one, DifferingRow.Kind.EXTRA),
                missing("the first row missing", InvoiceBoards.NEW, first, DifferingRow.Kind.MISSING),
                missing("the last row missing", InvoiceBoards.NEW, last, DifferingRow.Kind.MISSING),
                new Corruption(
                        "a row too many in the new version",
                        InvoiceBoards.NEW,
                        strange,
                        List.of(
                                """
                                insert into %1$s select (jsonb_populate_record(t, jsonb_build_object('invoice_id', k.invoice_id))).*
                                from %1$s t join %2$s k on k.invoice_id = t.invoice_id || 'x'"""),
                        DifferingRow.Kind.EXTRA,
                        List.of()),
                update("a field wrong in the last row", last, "currency = 'XXX'", "currency"),
                update("a field wrong in the first row", first, "customer_id = customer_id || '0'", "customerId"),
                update("a null where a text was", noted, "note = null", "note"),
                update("an empty text where a null was", bare, "note = ''", "note"),
                update("a date gone", one, "paid_on = case when paid_on is null then due_on end", "paidOn"),
                update("one hundredth more", one, "total_minor_units = total_minor_units + 1", "totalMinorUnits"),
                new Corruption(
                        "one hundredth less in the old version",
                        InvoiceBoards.OLD,
                        one,
                        List.of("update %1$s set amount = amount - 0.01 " + HERE),
                        DifferingRow.Kind.DIFFERENT,
                        List.of("totalMinorUnits")),
                update("a space at the end", one, "family_name = family_name || ' '", "customer"),
                update("lower case in place of upper", one, "currency = lower(currency)", "currency"),
                update("two fields at once", one, "due_on = due_on + 1, line_count = line_count + 1", "dueOn", "lines"),
                new Corruption(
                        "the amounts of two neighbours swapped",
                        InvoiceBoards.NEW,
                        pair,
                        List.of(
                                """
                                update %1$s t set total_minor_units = other.total_minor_units
                                from %2$s k join %1$s other on other.invoice_id = k.partner
                                where k.invoice_id = t.invoice_id"""),
                        DifferingRow.Kind.DIFFERENT,
                        List.of("totalMinorUnits")),
                new Corruption(
                        "another provenance, which is no difference",
                        InvoiceBoards.NEW,
                        one,
                        List.of("update %1$s set _position = _position - 1, _event_id = 'by hand' " + HERE),
                        null,
                        List.of()));
    }

    private static String table(VersionId version) {
        return InvoiceNode.table(version);
    }

    private static Corruption missing(String name, VersionId version, String keys, DifferingRow.Kind kind) {
        return new Corruption(name, version, keys, List.of("delete from %1$s " + HERE), kind, List.of());
    }

    private static Corruption update(String name, String keys, String set, String... fields) {
        return new Corruption(
                name,
                InvoiceBoards.NEW,
                keys,
                List.of("update %1$s set " + set + " " + HERE),
                DifferingRow.Kind.DIFFERENT,
                List.of(fields));
    }
}
