package io.changeover.autopilot;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.autopilot.StockDomain.Stock;
import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.AutopilotStatus;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.plan.Limits;
import io.changeover.plan.Plan;
import io.changeover.plan.Plan.Breach;
import io.changeover.plan.Plan.Completion;
import io.changeover.plan.Plan.Step;
import io.changeover.serving.ReaderContext;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Run by hand with {@code -Dautopilot.interval=1s} it prints how long it takes from a breach to the rollback with the
 * default interval.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AutopilotOfNodesTest {

    private static final Request ANN = Request.by("ann");
    private static final int ARTICLES = 20;
    private static final String INTERVAL = System.getProperty("autopilot.interval", "50ms");

    /** Limits that nothing breaks but what cannot be allowed at all. */
    private static final Limits LAX = new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 1, 0, 1_000, 0, true);

    private final TestDatabase database = TestDatabase.withStore();

    @BeforeEach
    @AfterEach
    void mend() {
        StockDomain.mend();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode start(String name) {
        Map<String, String> all = new TreeMap<>();
        all.put("changeover.node-id", name);
        all.put("changeover.autopilot.enabled", "true");
        all.put("changeover.autopilot.interval", INTERVAL);
        all.put("changeover.autopilot.verify-again", "100ms");
        all.put("changeover.gates.max-parity-age", "1h");
        all.put("changeover.consumers.interval", "20ms");
        all.put("changeover.serving.shadow-share", "1");
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.put("spring.flyway.enabled", "false");
        return TestNode.start(database, all, StockDomain.Known.class);
    }

    private void stocked(String prefix, int articles) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select '%1$s-' || i, 0, 'Article', gen_random_uuid(), '{}',
                    convert_to('{"article":"%1$s-' || i || '","place":"p-' || i || '"}', 'UTF8'), '1', 'article.stocked',
                    '2026-01-01T00:00:00Z'
                from generate_series(1, %2$d) i"""
                        .formatted(prefix, articles));
    }

    private static void readAll(TestNode node) {
        for (int i = 1; i <= ARTICLES; i++) {
            String article = "a-" + i;
            var unused = ReaderContext.call(
                    "reader of " + article, () -> node.get(Stock.class).placeOf(article));
        }
    }

    private static Plan plan(Limits limits, Breach breach, Step... steps) {
        return plan(limits, breach, Map.of(), steps);
    }

    private static Plan plan(Limits limits, Breach breach, Map<String, Breach> breaches, Step... steps) {
        return new Plan(
                "test",
                "stock",
                2,
                Duration.ZERO,
                List.of(steps),
                Duration.ZERO,
                limits,
                List.of("complaints"),
                breach,
                breaches,
                List.of(),
                Completion.DEFAULT);
    }

    private static Step step(int percent, @Nullable String approval) {
        return new Step(percent, Duration.ZERO, approval);
    }

    /** Half of the readers move by themselves, and the rest wait for an approval. */
    private static Plan approved(Limits limits) {
        return plan(limits, Breach.ROLL_BACK, step(50, null), step(100, "approver"));
    }

    /** The same, where the gate alone sends readers back: what breaks it breaks others too, now and then before it. */
    private static Plan approved(Wrong wrong) {
        Map<String, Breach> others = new TreeMap<>();
        Plan.GATES.stream().filter(gate -> !gate.equals(wrong.gate())).forEach(gate -> others.put(gate, Breach.HOLD));
        return plan(wrong.limits(), Breach.ROLL_BACK, others, step(50, null), step(100, "approver"));
    }

    private void declared(TestNode node, Plan plan) {
        stocked("a", ARTICLES);
        node.operations().declare("stock", 2, ANN);
        node.get(PlanOperations.class).adopt("stock", plan, ANN);
    }

    private static ChangeoverStatus changeover(TestNode node) {
        return node.operations().changeover("stock");
    }

    private static AutopilotStatus status(TestNode node) {
        return node.get(AutopilotOperations.class).autopilot("stock").get(0);
    }

    private static void awaitPhase(TestNode node, String phase) {
        TestNode.await(() -> changeover(node).phase().equals(phase));
    }

    private static void awaitWaits(TestNode node, String text) {
        TestNode.await(() -> status(node).waitsFor().contains(text));
    }

    private String column(String event, String path) {
        return database.value(
                "select convert_from(payload, 'UTF8')::json ->> '%s' from public.domain_event_entry where payload_type = '%s' order by global_index desc limit 1"
                        .formatted(path, event));
    }

    @Test
    void a_plan_is_carried_from_the_declaration_to_the_completion_and_every_step_has_its_gates() {
        try (TestNode node = start("first")) {
            declared(node, plan(LAX, Breach.ROLL_BACK, step(10, null), step(50, null), step(100, null)));
            awaitPhase(node, "completed");
            assertThat(changeover(node).percent()).isEqualTo(100);
            assertThat(node.get(AutopilotOperations.class).autopilot(null)).isEmpty();
            assertThat(
                            database.value(
                                    """
                            select string_agg(payload_type, ' ' order by sequence_number) from public.domain_event_entry
                            where aggregate_identifier = 'changeover:stock'"""))
                    .isEqualTo(
                            "changeover.view-registered changeover.declared changeover.plan-adopted changeover.prepared changeover.backfill-started changeover.backfill-completed changeover.caught-up changeover.parity-recorded changeover.flip-rehearsed changeover.way-back-proven changeover.reads-shifted changeover.reads-shifted changeover.reads-shifted changeover.soak-started changeover.completed");
            assertThat(column("changeover.reads-shifted", "actor")).isEqualTo("autopilot");
            assertThat(column("changeover.reads-shifted", "gates"))
                    .contains(
                            "lag", "parity", "dead-letters", "shadow-differences", "errors", "latency", "error-budget")
                    .contains("nodes", "quiet", "complaints");
        }
    }

    @Test
    void another_node_goes_on_when_the_one_that_holds_the_claim_falls_silent() {
        try (TestNode first = start("first")) {
            declared(first, approved(LAX));
            awaitWaits(first, "the approval of role 'approver' for 100 %");
            try (TestNode second = start("second")) {
                assertThat(second.get(Autopilot.class).look("stock")).isFalse();
                assertThat(status(second).node()).isEqualTo("first");
                first.get(Autopilot.class).end();
                TestNode.await(() -> "second".equals(status(second).node()));
                first.get(PlanOperations.class).approve("stock", 100, Set.of("approver"), ANN);
                awaitPhase(first, "completed");
            }
        }
    }

    @Test
    void too_little_data_holds_and_a_step_back_pauses() {
        Limits asking = new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 1, 20, 1_000, 0, true);
        try (TestNode node = start("first")) {
            declared(node, plan(asking, Breach.STEP_BACK, step(50, null), step(90, null), step(100, "approver")));
            awaitWaits(node, "gate errors, which holds: 0 % of 0 calls since the step began");
            assertThat(changeover(node).percent()).isEqualTo(50);
            TestNode.await(() -> {
                readAll(node);
                return changeover(node).percent() == 90;
            });
            MeterRegistry registry = new SimpleMeterRegistry();
            node.all(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
            assertThat(registry.get("changeover.phase")
                            .tags("view", "stock", "phase", "shifting")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            TestNode.await(() -> registry.get("changeover.gate.verdict")
                            .tags("view", "stock", "gate", "complaints")
                            .gauge()
                            .value()
                    == 1);

            StockDomain.refusing = true;
            TestNode.await(() -> changeover(node).phase().equals("rolled-back"));
            assertThat(changeover(node).halted())
                    .isEqualTo("paused by autopilot: gate complaints refuses: 5 complaints where none is required");
            assertThat(
                            database.value(
                                    """
                            select string_agg(convert_from(payload, 'UTF8')::json ->> 'percent', ' ' order by sequence_number)
                            from public.domain_event_entry
                            where aggregate_identifier = 'changeover:stock' and payload_type = 'changeover.reads-shifted'"""))
                    .isEqualTo("50 90 50"); // and from the first step all go back
        }
    }

    /** A way in which a version goes wrong while an approval is pending. */
    private record Wrong(String gate, Limits limits, Runnable begin, Runnable end) {}

    @Test
    void a_breach_of_each_gate_while_an_approval_is_pending_sends_all_readers_back() {
        try (TestNode node = start("first")) {
            List<Wrong> all = List.of(
                    new Wrong("complaints", LAX, () -> StockDomain.refusing = true, StockDomain::mend),
                    new Wrong(
                            "shadow-differences",
                            new Limits(1_000, Duration.ofHours(1), 0, 0, 0, 1, 0, 1_000, 0, true),
                            () -> StockDomain.lying = true,
                            StockDomain::mend),
                    new Wrong(
                            "latency", // no version is as fast as that, so it is broken as soon as there are figures
                            new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 1, 0, 0.001, 0, true),
                            () -> {},
                            () -> {}),
                    new Wrong(
                            "parity",
                            LAX,
                            () -> {
                                database.run("update views.stock_v2 set shelf = 'nowhere' where article = 'a-1'");
                                var unused = node.operations().verify("stock", ANN);
                            },
                            () -> database.run("update views.stock_v2 set shelf = 'p-1' where article = 'a-1'")),
                    new Wrong(
                            "dead-letters",
                            LAX,
                            () -> {
                                StockDomain.broken = true;
                                stocked("dead", 1);
                            },
                            () -> {
                                StockDomain.mend();
                                var unused = node.operations().retry(VersionId.parse("stock@2"), "dead-1");
                            }),
                    new Wrong(
                            "lag",
                            new Limits(20, Duration.ofHours(1), 0, 1, 0, 1, 0, 1_000, 0, true),
                            () -> {
                                StockDomain.held = new CountDownLatch(1);
                                stocked("late", 50);
                            },
                            StockDomain::mend),
                    // These come last, since the breaker spares the version for a while after them.
                    new Wrong(
                            "errors",
                            new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 0.01, 20, 1_000, 0, true),
                            () -> StockDomain.failing = true,
                            StockDomain::mend),
                    new Wrong(
                            "error-budget",
                            new Limits(1_000, Duration.ofHours(1), 0, 1, 0, 1, 20, 1_000, 0, true),
                            () -> StockDomain.failing = true,
                            StockDomain::mend));
            declared(node, approved(all.get(0)));
            for (Wrong wrong : all) {
                TestNode.await(
                        () -> changeover(node).percent() == 50); // what it waited for before is said until it looks
                awaitWaits(node, "the approval of role 'approver' for 100 %");
                long begin = System.nanoTime();
                wrong.begin().run();
                TestNode.await(() -> {
                    if (changeover(node).percent() == 0) {
                        return true;
                    }
                    readAll(node);
                    return false;
                });
                System.out.printf(
                        "from a breach of gate %s to the rollback: %d ms%n",
                        wrong.gate(),
                        Duration.ofNanos(System.nanoTime() - begin).toMillis());
                awaitPhase(node, "rolled-back");
                assertThat(column("changeover.rolled-back", "reason")).contains("gate " + wrong.gate() + " refuses: ");
                assertThat(column("changeover.rolled-back", "actor")).isEqualTo("autopilot");
                assertThat(column("changeover.rolled-back", "gates")).contains(wrong.gate());
                wrong.end().run();
                int next = all.indexOf(wrong) + 1;
                node.get(PlanOperations.class)
                        .adopt("stock", next < all.size() ? approved(all.get(next)) : approved(LAX), ANN);
                node.get(PlanOperations.class).resume("stock", ANN);
            }
            awaitWaits(node, "the approval of role 'approver' for 100 %");
            node.get(PlanOperations.class).approve("stock", 100, Set.of("approver"), ANN);
            awaitPhase(node, "completed");
        }
    }
}
