package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.ApplicationProcess;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills a backfill of two versions again and again while live traffic is written. A few times in CI;
 * {@code mvn verify -Dchangeover.kills=20} for more.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledBackfillTest {

    private static final int KILLS = Integer.getInteger("changeover.kills", 1);
    private static final long SEED = Long.getLong("changeover.seed", 1);
    private static final int COPIES = 2 + KILLS / 3;
    private static final int EVENTS_OF_A_COPY = 4_194;
    private static final int TRAFFIC = 150 + 40 * KILLS;
    private static final List<String> VERSIONS = List.of("order-board@2", "customer-account@2");

    private static final Map<String, String> SETTINGS = Map.of(
            "orders.import.copies", Integer.toString(COPIES),
            "orders.traffic.rate", "40",
            "orders.traffic.limit", Integer.toString(TRAFFIC),
            "orders.traffic.start", "2026-01-01T00:00:00Z",
            "changeover.backfill.chunk-events", "50",
            "changeover.backfill.checkpoint-size", "400KB",
            "changeover.backfill.memory-budget", "1MB",
            "changeover.backfill.throttle.max-events-per-second", Integer.toString(600 * COPIES));

    @TempDir
    Path folder;

    @Test
    void killed_at_any_moment_with_live_writes_it_ends_with_every_row_and_token_right() {
        Random random = new Random(SEED);
        StringBuilder told = new StringBuilder("seed " + SEED);
        try (TestDatabase database = TestDatabase.empty()) {
            try (ApplicationProcess application = start(database).awaitUp()) {
                TestNode.await(() -> "t"
                        .equals(database.value("select coalesce((select next_index > 5 from orders_traffic), false)")));
                application.post("/api/changeovers", "{\"view\":\"order-board\",\"to\":2}");
                application.post("/api/changeovers", "{\"view\":\"customer-account\",\"to\":2}");
                application.post("/api/backfills", "{\"views\":[\"order-board\",\"customer-account\"]}");
                killAt(0, random, application, database, told);
            }
            for (int kill = 1; kill < KILLS; kill++) {
                try (ApplicationProcess application = start(database).awaitUp()) {
                    killAt(kill, random, application, database, told);
                }
            }
            try (ApplicationProcess application = start(database).awaitUp()) {
                for (String version : VERSIONS) {
                    assertThatItIsRight(version, application, database, told.toString());
                }
            }
        }
    }

    /** Some moment after the kill's share of history is committed. */
    private static void killAt(
            int kill, Random random, ApplicationProcess application, TestDatabase database, StringBuilder told) {
        long history = (long) COPIES * EVENTS_OF_A_COPY;
        long least = history * kill / (KILLS + 1);
        int more = random.nextInt(600);
        TestNode.await(() -> {
            assertThat(application.isAlive()).as(application::output).isTrue();
            return committed(database, VERSIONS.get(kill % 2)) >= least;
        });
        try {
            Thread.sleep(more); // into the middle of whatever comes
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        application.kill();
        told.append(", killed at ")
                .append(committed(database, VERSIONS.get(0)))
                .append('/')
                .append(committed(database, VERSIONS.get(1)))
                .append(
                        database.value(
                                "select ' ' || string_agg(state, ' ') from changeover.view_version where version = 2 and view <> 'sales-fact'"));
    }

    private static long committed(TestDatabase database, String version) {
        String position = database.value(
                "select min((convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint) from token_entry where processor_name = '%s'"
                        .formatted(version));
        return position == null ? 0 : Long.parseLong(position);
    }

    private static void assertThatItIsRight(
            String version, ApplicationProcess application, TestDatabase database, String told) {
        String view = version.substring(0, version.indexOf('@'));
        TestNode.await(() -> application
                .get("/api/changeovers/" + view)
                .path("phase")
                .asString("")
                .equals("catching-up"));
        TestNode.await(() -> "t"
                .equals(database.value(
                        "select coalesce((select next_index > %d from orders_traffic), false)".formatted(TRAFFIC))));
        long head = Long.parseLong(database.value("select max(global_index) from domain_event_entry"));
        TestNode.await(() -> committed(database, version) >= head);
        assertThat(database.value("select count(*) from changeover.dead_letter"))
                .as(told)
                .isEqualTo("0");
        JsonNode parity = application.post("/api/changeovers/" + view + "/verify", "");
        assertThat(parity.path("verdict").asString()).as(told).isEqualTo("equal");
        // A fold of everything from nothing, against the rows that are there.
        JsonNode again =
                application.post("/api/views/" + view + "/versions/2/rebuild", "{\"all\":true,\"dryRun\":true}");
        assertThat(again.path("inserted").asLong()
                        + again.path("changed").asLong()
                        + again.path("deleted").asLong())
                .as("%s: %s", told, again)
                .isZero();
        assertThat(again.path("same").asLong()).as(told).isPositive();
        System.getLogger(KilledBackfillTest.class.getName())
                .log(System.Logger.Level.INFO, "{0}: {1} rows right; {2}", version, again.path("same"), told);
    }

    private ApplicationProcess start(TestDatabase database) {
        return ApplicationProcess.start(folder, database, SETTINGS);
    }
}
