package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.ApplicationProcess;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the application again and again while it compares the table of another team with the own view of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledComparisonTest {

    private static final int KILLS = Integer.getInteger("changeover.kills", 1);
    private static final String START = "{\"left\": 1, \"right\": 2, \"reason\": \"to be killed\"}";

    private static final Map<String, String> SETTINGS = Map.of(
            "orders.import.copies", "3",
            "orders.traffic.enabled", "false",
            "changeover.parity.range-rows", "1000");

    /** Makes the writing of each range last long enough to be killed in it. */
    private static final String SLOW =
            """
            create function slow() returns trigger language plpgsql as
                $$ begin perform pg_sleep(1); return null; end $$;
            create trigger slow before insert on changeover.comparison_difference
                for each statement execute function slow()
            """;

    @TempDir
    Path folder;

    @Test
    void killed_in_any_range_it_goes_on_and_finds_what_an_undisturbed_one_finds() {
        try (TestDatabase database = TestDatabase.empty()) {
            String expected;
            String id;
            try (ApplicationProcess application = start(database).awaitUp()) {
                TestNode.await(() -> isCaughtUp(application, database));
                // Many differences, so that every range has some, also those behind the last kill.
                database.run("update views.sales_fact_v2 set quantity = quantity + 1 where order_id like '%3'");
                database.run("analyze views.sales_fact_v2");
                String undisturbed = begin(application);
                assertThat(end(application, undisturbed).path("verdict").asString())
                        .isEqualTo("different");
                expected = found(database, undisturbed);
                database.run(SLOW);
                id = begin(application);
                killAfter(0, application, database, id);
            }
            for (int kill = 1; kill < KILLS; kill++) {
                try (ApplicationProcess application = start(database).awaitUp()) {
                    killAfter(kill, application, database, id);
                }
            }
            try (ApplicationProcess application = start(database).awaitUp()) {
                JsonNode status = end(application, id);
                assertThat(status.path("state").asString()).as("%s", status).isEqualTo("done");
                assertThat(found(database, id)).isEqualTo(expected);
            }
        }
    }

    private static boolean isCaughtUp(ApplicationProcess application, TestDatabase database) {
        if (!"3".equals(database.value("select max(copies) from legacy.orderfact_load"))) {
            return false; // the import still goes on
        }
        String head = database.value("select coalesce(max(global_index), 0) from domain_event_entry");
        for (JsonNode version : application.get("/api/views/sales-fact/versions")) {
            if (version.path("version").asString().equals("sales-fact@2")) {
                return version.path("state").asString().equals("live")
                        && version.path("rows").asLong() > 0
                        && version.path("position").asString().equals(head);
            }
        }
        return false;
    }

    private static String begin(ApplicationProcess application) {
        return application
                .post("/api/views/sales-fact/comparisons", START)
                .path("id")
                .asString();
    }

    private static JsonNode end(ApplicationProcess application, String id) {
        TestNode.await(() -> !application
                .get("/api/comparisons/" + id)
                .path("state")
                .asString()
                .equals("running"));
        return application.get("/api/comparisons/" + id);
    }

    /** In the range after as many as that, unless it is over by then. */
    private static void killAfter(int ranges, ApplicationProcess application, TestDatabase database, String id) {
        TestNode.await(() -> "t"
                .equals(database.value(
                        "select state <> 'RUNNING' or coalesce((progress ->> 'ranges')::int, 0) >= %d from changeover.comparison where id = '%s'"
                                .formatted(ranges, id))));
        application.kill();
        System.getLogger(KilledComparisonTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "killed at {0}",
                        database.value(
                                "select state || ' ' || coalesce(progress ->> 'ranges', '0') from changeover.comparison where id = '%s'"
                                        .formatted(id)));
    }

    /** All that was found, each once. */
    private static String found(TestDatabase database, String id) {
        return database.value(
                """
                select count(*) || ' ' || count(distinct (home, key)) || ' ' || max(number) || ' '
                    || md5(string_agg(concat_ws('|', kind, home, key::text, fields::text, left_record::text, right_record::text),
                        E'\\n' order by home, key))
                from changeover.comparison_difference where comparison = '%s'
                """
                        .formatted(id));
    }

    private ApplicationProcess start(TestDatabase database) {
        return ApplicationProcess.start(folder, database, SETTINGS);
    }
}
