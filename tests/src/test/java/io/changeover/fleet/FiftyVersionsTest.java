package io.changeover.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.console.ManyViews;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FiftyVersionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(FiftyVersionsTest.class);

    private static final int VERSIONS = 50;
    private static final int NODES = 3;
    private static final int POOL = 10;
    private static final int EVENTS = 5_000;
    private static final int THINGS = 500;
    private static final int LOOKS = 24;
    private static final int IDLE_SECONDS = 5;

    /** Three times what was counted, so that only a load of another kind is beyond it. */
    private static final long MOST_WHEN_IDLE = 2_000;

    private static final List<VersionId> ALL = IntStream.rangeClosed(1, VERSIONS)
            .mapToObj(number -> new VersionId(ManyViews.name(number), 1))
            .toList();

    private final List<TestNode> nodes = new ArrayList<>();

    /** Makes the events known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = ManyViews.class)
    static class Counted {}

    private static TestNode start(StatementCounts server, String name) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(ManyViews.COUNT, Integer.toString(VERSIONS));
        settings.put("changeover.node-id", name);
        // However slow the machine, rows are written once.
        settings.put("changeover.backfill.checkpoint-interval", "10m");
        settings.put("spring.flyway.enabled", "false");
        settings.put("spring.datasource.hikari.maximum-pool-size", Integer.toString(POOL));
        settings.put("spring.datasource.hikari.minimum-idle", "0");
        settings.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        return TestNode.start(server.url(), server.user(), "", settings, ManyViews.Known.class, Counted.class);
    }

    private void startAtOnce(StatementCounts server) throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(NODES);
        try {
            List<Future<TestNode>> starting = IntStream.rangeClosed(1, NODES)
                    .mapToObj(number -> starters.submit(() -> start(server, "node-" + number)))
                    .toList();
            for (Future<TestNode> each : starting) {
                nodes.add(each.get());
            }
        } finally {
            starters.shutdown();
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        nodes.clear();
    }

    private static void append(StatementCounts server) {
        server.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select 'e-' || i, 0, 'Thing', gen_random_uuid(), '{}',
                    convert_to('{"thing":"t-' || i %% %d || '"}', 'UTF8'), '1', 'thing.counted', '2026-01-01T00:00:00Z'
                from generate_series(1, %d) i"""
                        .formatted(THINGS, EVENTS));
    }

    private void awaitFollowedByAll() {
        TestNode.await(() -> {
            Map<VersionId, VersionState> states =
                    nodes.get(0).get(VersionStates.class).all();
            return ALL.stream()
                            .allMatch(id ->
                                    states.containsKey(id) && states.get(id).stage() == Stage.LIVE)
                    && nodes.stream()
                            .allMatch(node -> node.get(Projections.class).live().containsAll(ALL));
        });
    }

    /** Those that the node has read the store for. */
    private static List<BackfillProgress> builtBy(TestNode node) {
        return ALL.stream()
                .map(id -> node.get(Backfills.class).progress(id))
                .flatMap(Optional::stream)
                .filter(progress -> progress.total() > 0)
                .toList();
    }

    private void assertEachIsBuiltOnce(StatementCounts server) {
        assertThat(nodes.stream().flatMap(node -> builtBy(node).stream()).map(BackfillProgress::version))
                .containsExactlyInAnyOrderElementsOf(ALL);
        for (TestNode node : nodes) {
            List<BackfillProgress> built = builtBy(node);
            assertThat(built).allSatisfy(progress -> {
                assertThat(progress.done()).isEqualTo(EVENTS);
                assertThat(progress.together()).isEqualTo(built.size()); // by one reading of the store
            });
            LOG.info("A node has built {} of {} versions by one reading", built.size(), VERSIONS);
        }
        for (VersionId id : ALL) {
            assertThat(server.number("select sum(times) from views.\"%s\"".formatted(id.tableName())))
                    .isEqualTo(EVENTS);
            assertThat(nodes.stream()
                            .mapToLong(node -> node.get(Projections.class).rowsWritten(id))
                            .sum())
                    .isEqualTo(THINGS);
        }
    }

    @Test
    void nodes_that_start_together_share_the_versions_out_and_ask_little_when_there_is_nothing_to_do()
            throws Exception {
        AtomicLong sessions = new AtomicLong();
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        try (KeptMessages messages = new KeptMessages("io.changeover");
                StatementCounts server = new StatementCounts()) {
            try {
                append(server);
                var unused = sampler.scheduleWithFixedDelay(
                        () -> sessions.accumulateAndGet(server.sessions(), Math::max), 0, 20, TimeUnit.MILLISECONDS);
                startAtOnce(server);
                awaitFollowedByAll();
                sampler.shutdownNow();

                assertEachIsBuiltOnce(server);
                assertThat(messages.warnings()).isEmpty();
                assertThat(sessions.get()).isLessThanOrEqualTo(NODES * POOL);
                assertThat(nodes).allSatisfy(node -> assertThat(node.get(HikariDataSource.class)
                                .getHikariPoolMXBean()
                                .getThreadsAwaitingConnection())
                        .isZero());
                LOG.info("{} statements until all follow, and {} sessions at most", server.all(), sessions);

                server.reset();
                TimeUnit.SECONDS.sleep(IDLE_SECONDS);
                long idle = server.all();
                LOG.info("{} statements in {} s without events", idle, IDLE_SECONDS);
                assertThat(idle).isLessThan(MOST_WHEN_IDLE);
                assertThat(server.like("%from changeover.view_version where view =%"))
                        .as("questions where a single version stands")
                        .isZero();
            } finally {
                stop(); // before its server
            }
        } finally {
            sampler.shutdownNow();
        }
    }

    @Test
    void nodes_that_wait_for_another_ask_for_all_versions_at_once_and_take_over_when_it_leaves() throws Exception {
        try (KeptMessages messages = new KeptMessages("io.changeover");
                StatementCounts server = new StatementCounts()) {
            try {
                append(server);
                ALL.forEach(id -> server.run(
                        "insert into public.token_entry (processor_name, segment, owner, timestamp) values ('%s', 0, 'elsewhere', '2999-01-01T00:00:00Z')"
                                .formatted(id)));
                startAtOnce(server);
                TestNode.await(() -> messages.count("waits for node elsewhere") == (long) NODES * VERSIONS);
                server.reset();
                long begun = System.nanoTime();
                String looks = "select processor_name, segment, token, case when%";
                TestNode.await(() -> server.like(looks) >= LOOKS);
                LOG.info(
                        "{} statements in {} s while {} nodes wait",
                        server.all(),
                        (System.nanoTime() - begun) / 1e9,
                        NODES);
                assertThat(server.like("SELECT % FROM public.token_entry WHERE processor_name = %FOR UPDATE"))
                        .as("attempts to claim what is claimed")
                        .isZero();

                server.run("update public.token_entry set owner = null");
                awaitFollowedByAll();
                assertEachIsBuiltOnce(server);
                assertThat(messages.warnings()).isEmpty();
            } finally {
                stop();
            }
        }
    }
}
