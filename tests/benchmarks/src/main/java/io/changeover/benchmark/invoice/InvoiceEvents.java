package io.changeover.benchmark.invoice;

/** Events of invoices, made by the database itself: statements that append many at once, deterministic by a seed. */
final class InvoiceEvents {

    private static final String INSERT =
            """
            insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp)
            """;

    private InvoiceEvents() {}

    /**
     * A history in which every invoice is issued, every third amended (every other time in revision 1) and two of five
     * paid; what happens to one invoice happens among what happens to some ten thousand others.
     */
    static String history(long rows, Keys keys, long seed) {
        return INSERT
                + """
                select %1$s, sequence, 'Invoice', md5('%3$d ' || name || n)::uuid, '{}', convert_to(payload, 'UTF8'),
                    revision, name,
                    to_char(timestamp '2024-01-01' + at * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
                from (select n, abs(hashint8extended(n, %3$d) %% 1000000007) as h from generate_series(1, %2$d) n) invoice,
                lateral (
                    select n as at, 0 as sequence, '1' as revision, 'invoice.issued' as name, json_build_object(
                        'invoiceId', %1$s, 'customerId', 'c-' || h %% 20000,
                        'givenName', (array['Ada', 'Björn', 'Chloé', 'Dmitri', 'Emeka', 'Fatma', 'Grace', 'Hiro'])[1 + h / 7 %% 8],
                        'familyName', (array['Abel', 'Brandt', 'Costa', 'Dubois', 'Eriksen', 'Faure', 'Grün', 'Haas', 'Ito', 'Jansen'])[1 + h / 11 %% 10],
                        'issuedOn', date '2024-01-01' + (n / 2000)::integer,
                        'dueOn', date '2024-01-31' + (n / 2000)::integer,
                        'minorUnits', 1000 + h / 13 %% 5000000,
                        'currency', (array['EUR', 'USD', 'GBP'])[1 + h / 17 %% 3],
                        'lines', 1 + h / 19 %% 9,
                        'note', case when h / 23 %% 4 = 0 then 'Deliver to gate ' || h / 29 %% 500 end)::text as payload
                    union all
                    select n + 1 + h / 31 %% 20000, 1, case when h %% 2 = 0 then '1' else '2' end, 'invoice.amended',
                        json_build_object(case when h %% 2 = 0 then 'invoice' else 'invoiceId' end, %1$s,
                            case when h %% 2 = 0 then 'cents' else 'minorUnits' end, 1000 + h / 37 %% 5000000)::text
                    where h %% 3 = 0
                    union all
                    select n + 20001 + h / 41 %% 20000, case when h %% 3 = 0 then 2 else 1 end, '1', 'invoice.paid',
                        json_build_object('invoiceId', %1$s, 'paidOn', date '2024-01-21' + (n / 2000)::integer)::text
                    where h %% 5 < 2) event
                order by at, n"""
                        .formatted(keys.sql("n"), rows, seed);
    }

    /**
     * Amendments of invoices that are there, each of another one, by numbers from a query.
     *
     * @param numbers query of the distinct numbers, as {@code n}
     */
    static String amendments(String numbers, Keys keys) {
        return INSERT
                + """
                select %1$s, (select max(sequence_number) + 1 from public.domain_event_entry
                        where aggregate_identifier = %1$s), 'Invoice', gen_random_uuid(), '{}',
                    convert_to(json_build_object('invoiceId', %1$s, 'minorUnits', 1 + (random() * 5000000)::integer)::text,
                        'UTF8'), '2', 'invoice.amended', '2026-01-01T00:00:00Z'
                from (%2$s) invoice"""
                        .formatted(keys.sql("n"), numbers);
    }
}
