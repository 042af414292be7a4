package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.ApplicationProcess;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the application again and again while it repairs rows that a hand has spoilt. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledRepairTest {

    private static final int KILLS = Integer.getInteger("changeover.kills", 1);
    private static final String REPAIR = "/api/views/order-board/versions/1/repair";
    private static final Map<String, String> SETTINGS =
            Map.of("orders.import.copies", "1", "orders.traffic.enabled", "false");

    /** A repair is over in no time, so each audit entry is made to take some. */
    private static final String SLOW =
            """
            create function slow() returns trigger language plpgsql as
                $$ begin perform pg_sleep(0.02); return null; end $$;
            create trigger slow before insert on changeover.repaired_home
                for each statement execute function slow()
            """;

    private static final String REPAIRED =
            "select count(*) from views.order_board_v1 now join expected using (order_id) where now = expected";

    @TempDir
    Path folder;

    @Test
    void killed_in_any_home_each_row_that_is_right_again_has_its_audit_entry_and_every_other_is_as_it_was() {
        try (TestDatabase database = TestDatabase.empty()) {
            long all;
            String homes;
            try (ApplicationProcess application = start(database).awaitUp()) {
                TestNode.await(() -> isCaughtUp(application, database));
                database.run(
                        "create table expected as table views.order_board_v1",
                        "update views.order_board_v1 set customer = customer || '!', amount = amount + 1",
                        SLOW);
                all = Long.parseLong(database.value("select count(*) from expected"));
                homes = database.value("select to_json(array_agg(order_id)) from expected");
                killWithin(application, database, homes, 5);
            }
            assertThatEntriesAreRight(database);
            for (int kill = 1; kill < KILLS; kill++) {
                try (ApplicationProcess application = start(database).awaitUp()) {
                    killWithin(application, database, homes, 5 + kill * all / (KILLS + 1));
                }
                assertThatEntriesAreRight(database);
            }
            try (ApplicationProcess application = start(database).awaitUp()) {
                application.post(REPAIR, body(homes));
            }
            assertThatEntriesAreRight(database);
            assertThat(database.value(REPAIRED)).isEqualTo(Long.toString(all));
        }
    }

    /** Kills while a repair is under way that has made at least so many entries. */
    private static void killWithin(ApplicationProcess application, TestDatabase database, String homes, long entries) {
        CompletableFuture<Void> repair = CompletableFuture.runAsync(() -> {
            try {
                application.post(REPAIR, body(homes));
            } catch (RuntimeException e) {
                // the answer is cut off
            }
        });
        TestNode.await(() -> repair.isDone()
                || Long.parseLong(database.value("select count(*) from changeover.repaired_home")) >= entries);
        application.kill();
        repair.join();
        // What the server still does for the dead process, such as a commit that was sent, ends by itself.
        TestNode.await(
                () -> "0"
                        .equals(
                                database.value(
                                        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'")));
    }

    private static String body(String homes) {
        return "{\"homes\": %s, \"reason\": \"to be killed\"}".formatted(homes);
    }

    /** One entry for each row that is right, none for any other, and rows either repaired or untouched. */
    private static void assertThatEntriesAreRight(TestDatabase database) {
        assertThat(database.value("select count(*) || ' ' || count(distinct home) from changeover.repaired_home"))
                .isEqualTo(database.value("select n || ' ' || n from (%s) as repaired (n)".formatted(REPAIRED)));
        assertThat(
                        database.value(
                                """
                        select count(*) from views.order_board_v1 now join expected was using (order_id)
                        where (now = was) <> exists (select from changeover.repaired_home where home = order_id)
                            or now.customer not in (was.customer, was.customer || '!')
                        """))
                .isEqualTo("0");
    }

    private static boolean isCaughtUp(ApplicationProcess application, TestDatabase database) {
        if (!"1".equals(database.value("select max(copies) from legacy.orderfact_load"))) {
            return false; // the import still goes on
        }
        String head = database.value("select coalesce(max(global_index), 0) from domain_event_entry");
        return application
                .get("/api/views/order-board/versions")
                .valueStream()
                .anyMatch(version -> version.path("version").asString().equals("order-board@1")
                        && version.path("state").asString().equals("live")
                        && version.path("position").asString().equals(head));
    }

    private ApplicationProcess start(TestDatabase database) {
        return ApplicationProcess.start(folder, database, SETTINGS);
    }
}
