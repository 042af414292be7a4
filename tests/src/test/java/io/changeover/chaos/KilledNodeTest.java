package io.changeover.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.ApplicationProcess;
import io.changeover.testkit.TestBroker;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills one of three nodes that share a store, while they build two versions of four segments and publish two topics. Once
 * in CI; {@code mvn verify -Dchangeover.nodes.seeds=10 -Dchangeover.nodes.copies=240} for ten times a million events, after
 * a round with one node for comparison.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledNodeTest {

    private static final int NODES = 3;
    private static final int SEEDS = Integer.getInteger("changeover.nodes.seeds", 1);
    private static final int COPIES = Integer.getInteger("changeover.nodes.copies", 1);
    private static final int COMMANDS_OF_A_COPY = 4_191;
    private static final List<String> VIEWS = List.of("order-board", "customer-account");

    /** What the first release knew, and what today's does. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "orders.v1",
            "'customer.registered', 'order.placed', 'order.line-added', 'payment.received'",
            "orders.v3",
            "'customer.registered', 'customer.contact-changed', 'customer.credit-limit-set', 'order.placed', 'order.line-added', 'order.shipped', 'order.cancelled', 'order.put-on-hold', 'order.disputed', 'order.resolved', 'payment.received', 'order.status-changed'");

    @TempDir
    Path folder;

    @AfterAll
    static void clear() throws Exception {
        deleteTopics();
    }

    private static void deleteTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.servers()))) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        }
    }

    @Test
    void what_a_killed_node_was_at_the_others_take_over_without_a_gap_or_a_double() throws Exception {
        try (TestDatabase imported = TestDatabase.empty()) {
            try (ApplicationProcess application = start(imported, 0, Map.of("orders.import.copies", "" + COPIES))) {
                awaitLong(() -> application.isAlive() && isImported(imported));
            }
            if (COPIES > 1) {
                try (TestDatabase database = imported.copy()) {
                    round(database, 1, 0);
                }
                deleteTopics();
            }
            for (int seed = 1; seed <= SEEDS; seed++) {
                try (TestDatabase database = imported.copy()) {
                    round(database, NODES, seed);
                }
                deleteTopics();
            }
        }
    }

    private static boolean isImported(TestDatabase database) {
        return "t".equals(database.value("select to_regclass('orders_import') is not null"))
                && "t"
                        .equals(database.value("select coalesce((select next_index >= %d from orders_import), false)"
                                .formatted(COMMANDS_OF_A_COPY * COPIES)));
    }

    private void round(TestDatabase database, int count, int seed) throws Exception {
        Random random = new Random(seed);
        long events = Long.parseLong(database.value("select max(global_index) from domain_event_entry"));
        List<ApplicationProcess> nodes = new ArrayList<>();
        try {
            for (int node = 0; node < count; node++) {
                nodes.add(start(
                        database,
                        node,
                        Map.of(
                                "orders.import.enabled", "false",
                                "changeover.live.segments", "4",
                                "changeover.publish.kafka.bootstrap.servers", TestBroker.servers(),
                                "changeover.publish.producer.transaction.timeout.ms", "10000")));
            }
            nodes.forEach(ApplicationProcess::awaitUp);
            long begun = System.nanoTime();
            for (String view : VIEWS) {
                nodes.get(0).post("/api/changeovers", "{\"view\":\"%s\",\"to\":2}".formatted(view));
            }
            nodes.get(0).post("/api/backfills", "{\"views\":[\"order-board\",\"customer-account\"]}");
            Killed killed = count == 1 ? Killed.NONE : kill(nodes, random, seed, events, database);
            ApplicationProcess left = nodes.get((killed.node() + 1) % count);
            for (String view : VIEWS) {
                awaitLong(() -> left.get("/api/changeovers/" + view)
                        .path("phase")
                        .asString("")
                        .equals("catching-up"));
            }
            long built = System.nanoTime();
            for (String topic : PUBLISHED.keySet()) {
                awaitLong(() -> behind(left, topic) == 0);
            }
            System.out.printf(
                    "%d nodes, seed %d: %d events; %s; built %.1f s after it began, %.1f s after the kill; published %.1f s after it began%n",
                    count,
                    seed,
                    events,
                    killed.what(),
                    (built - begun) / 1e9,
                    (built - killed.nanos()) / 1e9,
                    (System.nanoTime() - begun) / 1e9);
            for (String view : VIEWS) {
                left.post("/api/changeovers/" + view + "/verify", "");
                assertThat(left.get("/api/changeovers/" + view)
                                .path("parity")
                                .asString("")
                                .toLowerCase(Locale.ROOT))
                        .as("%s", left.get("/api/changeovers/" + view))
                        .isEqualTo("equal");
            }
            PUBLISHED.forEach((topic, names) -> assertEachOnce(topic, names, database));
            Billing.assertThatItUnderstands(database);
        } finally {
            nodes.forEach(ApplicationProcess::close);
            Files.writeString(folder.resolve("output.txt"), "");
        }
    }

    private record Killed(int node, String what, long nanos) {

        private static final Killed NONE = new Killed(0, "nobody killed", 0);
    }

    private static Killed kill(
            List<ApplicationProcess> nodes, Random random, int seed, long events, TestDatabase database) {
        long least = (long) (events * random.nextDouble() * 0.8);
        awaitLong(() -> progress(database) >= least);
        String owners = database.value(
                "select string_agg(coalesce(right(owner, 1), '-'), '' order by processor_name, segment) from token_entry where processor_name in ('order-board@2', 'customer-account@2')");
        // Every other time one that builds, and any node in between.
        char builder = owners.replace("-", "").isEmpty()
                ? '0'
                : owners.replace("-", "").charAt(0);
        int victim = seed % 2 == 1 ? builder - '0' : random.nextInt(NODES);
        nodes.get(victim).kill();
        return new Killed(
                victim,
                "node-%d killed beyond position %d, segments were had by nodes %s".formatted(victim, least, owners),
                System.nanoTime());
    }

    private static long progress(TestDatabase database) {
        String position = database.value(
                "select max((convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint) from token_entry where processor_name in ('order-board@2', 'customer-account@2')");
        return position == null ? 0 : Long.parseLong(position);
    }

    private static long behind(ApplicationProcess application, String topic) {
        return application
                .get("/api/topics")
                .valueStream()
                .filter(each -> each.path("name").asString().equals(topic))
                .mapToLong(each -> each.path("behind").asLong())
                .findFirst()
                .orElseThrow();
    }

    private static void assertEachOnce(String topic, String names, TestDatabase database) {
        List<Long> positions = TopicReader.positions(topic);
        assertThat(new HashSet<>(positions)).as("no event twice on %s", topic).hasSameSizeAs(positions);
        assertThat("%d %d"
                        .formatted(
                                positions.size(),
                                positions.stream().mapToLong(Long::longValue).sum()))
                .as("number of events on %s, and sum of their positions", topic)
                .isEqualTo(database.value(
                        "select count(*) || ' ' || sum(global_index) from domain_event_entry where payload_type in (%s)"
                                .formatted(names)));
    }

    /** A million events take longer than what a test waits for otherwise. */
    private static void awaitLong(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("the condition did not hold for long")
                    .isLessThan(deadline);
            try {
                Thread.sleep(50); // between two looks; how long it takes is never judged
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private ApplicationProcess start(TestDatabase database, int node, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("changeover.node-id", "node-" + node);
        all.put("orders.traffic.enabled", "false");
        return ApplicationProcess.start(folder, database, all);
    }
}
