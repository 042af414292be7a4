package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.steelwheels.ImportSummary.EventCount;
import io.changeover.examples.orders.steelwheels.ImportSummary.RejectedCount;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.ObjectMapper;

/** The tables in which an import keeps its progress and its rejected rows. */
final class ImportLedger {

    private static final String SOURCE = "steelwheels";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    ImportLedger(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void begin(String plan) {
        jdbc.sql(
                        "insert into orders_import (source, plan, next_index) values (?, ?, 0) on conflict (source) do nothing")
                .params(SOURCE, plan)
                .update();
        String begun = jdbc.sql("select plan from orders_import where source = ?")
                .param(SOURCE)
                .query(String.class)
                .single();
        if (!begun.equals(plan)) {
            throw new ImportChangedException(begun, plan);
        }
    }

    /** The index of the next command, held against every other importer until the transaction ends. */
    long lockNextIndex() {
        return jdbc.sql("select next_index from orders_import where source = ? for update")
                .param(SOURCE)
                .query(Long.class)
                .single();
    }

    long nextIndex() {
        return jdbc.sql("select next_index from orders_import where source = ?")
                .param(SOURCE)
                .query(Long.class)
                .single();
    }

    void advance(long nextIndex) {
        jdbc.sql("update orders_import set next_index = ? where source = ?")
                .params(nextIndex, SOURCE)
                .update();
    }

    void reject(RejectedRow rejected) {
        jdbc.sql(
                        "insert into orders_import_rejected (copy, source_table, source_key, reason, source_row) values (?, ?, ?, ?, ?::jsonb)")
                .params(
                        rejected.copy(),
                        rejected.table(),
                        rejected.key(),
                        rejected.reason(),
                        json.writeValueAsString(rejected.row()))
                .update();
    }

    ImportSummary summary(long commands, int factRows) {
        return new ImportSummary(
                commands,
                jdbc.sql(
                                "select payload_type, payload_revision, count(*) from domain_event_entry group by 1, 2 order by 1, 2")
                        .query((row, number) -> new EventCount(row.getString(1), row.getString(2), row.getLong(3)))
                        .list(),
                jdbc.sql(
                                "select source_table, source_key, reason, count(*) from orders_import_rejected group by 1, 2, 3 order by 1, 2, 3")
                        .query((row, number) ->
                                new RejectedCount(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)))
                        .list(),
                factRows);
    }
}
