package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.ApplicationProcess;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledApplicationTest {

    private static final int TRAFFIC = 150;

    private static final List<String> TABLES =
            List.of("order_board_v1", "order_board_v2", "customer_account_v1", "sales_fact_v2");

    /** One kill in each phase; {@code mvn verify -Dchangeover.kills=2} for two in import and in backfill. */
    private static final int KILLS = Integer.getInteger("changeover.kills", 1);

    /** Small steps everywhere, so that a kill has a middle to hit. */
    private static final Map<String, String> SETTINGS = Map.of(
            "orders.import.copies", "1",
            "orders.import.batch-size", "50",
            "orders.traffic.rate", "50",
            "orders.traffic.limit", Integer.toString(TRAFFIC),
            "orders.traffic.start", "2026-01-01T00:00:00Z",
            "changeover.backfill.chunk-events", "20",
            "changeover.backfill.checkpoint-size", "64KB",
            "changeover.backfill.throttle.max-events-per-second", "1500",
            "changeover.live.batch-size", "25");

    @TempDir
    Path folder;

    @Test
    void killed_in_import_in_traffic_and_in_backfill_it_ends_as_an_undisturbed_run_does() {
        Map<String, String> undisturbed;
        try (TestDatabase database = TestDatabase.empty();
                ApplicationProcess application = ApplicationProcess.startFromOneJar(folder, database, SETTINGS)
                        .awaitUp()) {
            awaitTraffic(database);
            startBackfill(application);
            undisturbed = result(application, database);
        }
        Map<String, String> disturbed;
        try (TestDatabase database = TestDatabase.empty()) {
            killWhen(database, "(select next_index from orders_import) > 1000");
            if (KILLS > 1) {
                killWhen(database, "(select next_index from orders_import) > 3000");
            }
            killWhen(database, "(select next_index from orders_traffic) > 30");
            try (ApplicationProcess application = start(database).awaitUp()) {
                startBackfill(application);
                TestNode.await(() -> holds(database, backfillBeyond(500)));
                assertThat(holds(database, "exists (select from changeover.view_version where state = 'BACKFILLING')"))
                        .as("the kill falls into the backfill")
                        .isTrue();
            }
            if (KILLS > 1) {
                killWhen(database, backfillBeyond(3_000));
            }
            try (ApplicationProcess application = start(database).awaitUp()) {
                awaitTraffic(database);
                disturbed = result(application, database);
            }
        }
        assertThat(disturbed).isEqualTo(undisturbed);
    }

    private ApplicationProcess start(TestDatabase database) {
        return ApplicationProcess.start(folder, database, SETTINGS);
    }

    private void killWhen(TestDatabase database, String condition) {
        try (ApplicationProcess application = start(database)) {
            TestNode.await(() -> {
                assertThat(application.isAlive()).as(application::output).isTrue();
                return holds(database, condition);
            });
        }
    }

    /** Before the migrations have run there is nothing to ask yet. */
    private static boolean holds(TestDatabase database, String condition) {
        String tables = database.value(
                "select count(*) from information_schema.tables where table_name in ('orders_import', 'token_entry')");
        return tables.equals("2") && "t".equals(database.value("select coalesce(%s, false)".formatted(condition)));
    }

    private static String backfillBeyond(long position) {
        return "(select (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint from token_entry where processor_name = 'order-board@2') > "
                + position;
    }

    private static void startBackfill(ApplicationProcess application) {
        application.post("/api/changeovers", "{\"view\":\"order-board\",\"to\":2}");
        application.post("/api/changeovers/order-board/backfill", "");
    }

    private static void awaitTraffic(TestDatabase database) {
        TestNode.await(() -> holds(database, "(select next_index from orders_traffic) > " + TRAFFIC));
    }

    /** Events and rows as digests, each in an order of its own; positions differ where a kill has cost a number. */
    private static Map<String, String> result(ApplicationProcess application, TestDatabase database) {
        TestNode.await(() -> application
                .get("/api/changeovers/order-board")
                .path("phase")
                .asString("")
                .equals("catching-up"));
        String head = database.value("select max(global_index) from domain_event_entry");
        for (String version : List.of("order-board@1", "order-board@2", "customer-account@1", "sales-fact@2")) {
            TestNode.await(() -> holds(
                    database,
                    "(select (convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint from token_entry where processor_name = '%s') >= %s"
                            .formatted(version, head)));
        }
        Map<String, String> result = new TreeMap<>();
        result.put("events", database.value("select count(*) from domain_event_entry"));
        result.put(
                "history",
                database.value(
                        """
                        select md5(string_agg(concat_ws('|', aggregate_identifier, sequence_number, payload_type,
                            payload_revision, convert_from(payload, 'UTF8'), time_stamp), E'\\n'
                            order by aggregate_identifier, sequence_number))
                        from domain_event_entry where type <> 'Changeover'
                        """));
        for (String table : TABLES) {
            result.put(
                    table,
                    database.value(
                            "select count(*) || ' ' || md5(string_agg(r, E'\\n' order by r)) from (select (to_jsonb(t) - '_position' - '_event_id')::text r from views.%s t) rows"
                                    .formatted(table)));
        }
        result.put("rejected", database.value("select count(*) from orders_import_rejected"));
        result.put("letters", database.value("select count(*) from changeover.dead_letter"));
        result.put(
                "parity",
                application
                        .post("/api/changeovers/order-board/verify", "")
                        .path("verdict")
                        .asString());
        return result;
    }
}
