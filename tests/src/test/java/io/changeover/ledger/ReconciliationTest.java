package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.parity.ParityCheck;
import io.changeover.parity.ParityOptions;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.reconcile.Drift;
import io.changeover.reconcile.DriftListener;
import io.changeover.reconcile.DriftingRow;
import io.changeover.reconcile.FullPass;
import io.changeover.reconcile.Reconciliation;
import io.changeover.reconcile.VersionPair;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReconciliationTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = Request.by("ann");

    /** A team's listener that remembers what it was told. */
    static final class Told implements DriftListener {

        private final List<String> changes = new CopyOnWriteArrayList<>();

        @Override
        public void exceeded(Drift drift) {
            changes.add("exceeded by " + drift.rows());
            throw new IllegalStateException("nobody is at the telephone");
        }

        @Override
        public void recovered(Drift drift) {
            changes.add("recovered to " + drift.rows());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Told told() {
            return new Told();
        }
    }

    /** Comparisons that give up where versions are a few events apart. */
    @Configuration(proxyBeanMethods = false)
    static class Impatient {

        @Bean
        @Primary
        ParityCheck impatient(Versions versions, Projections projections, OrderedStream stream, ProjectionStore store) {
            ParityOptions defaults = ParityOptions.defaults();
            ParityOptions options = new ParityOptions(
                    10,
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    defaults.snapshotLimit(),
                    defaults.rangeRows(),
                    5,
                    defaults.probeRows(),
                    defaults.workMemory(),
                    defaults.lag(),
                    defaults.rest());
            return new ParityCheck(versions, projections, stream, store, options, name -> {
                throw new IllegalStateException("there is no other database");
            });
        }
    }

    /** What happens at the end of the next comparison of all rows, before it is written down. */
    private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>(() -> {});

    /** A comparison of all rows of a team's own. */
    @Configuration(proxyBeanMethods = false)
    static class Interrupted {

        @Bean
        FullPass interrupted(ParityCheck parity) {
            FullPass plain = FullPass.of(parity);
            return (left, right, found, alive) -> {
                ParityReport report = plain.run(left, right, found, alive);
                MEANWHILE.getAndSet(() -> {}).run();
                return report;
            };
        }
    }

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private final List<TestNode> nodes = new ArrayList<>();
    private TestNode node;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        node = start(Map.of());
    }

    private TestNode start(Map<String, String> settings, Class<?>... more) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent("changeover.live.segments", "2");
        all.putIfAbsent("changeover.reconcile.full-at", "never");
        all.putIfAbsent("changeover.reconcile.interval", "50ms");
        TestNode started = LedgerNode.start(
                database,
                all,
                Stream.concat(Stream.of(LedgerDomain.WithStep.class, Listening.class), Stream.of(more))
                        .toArray(Class<?>[]::new));
        nodes.add(started);
        return started;
    }

    @AfterEach
    void stop() {
        nodes.forEach(TestNode::close);
        database.close();
    }

    private void build() {
        for (int i = 0; i < 12; i++) {
            ledger.opened("a-" + i);
            ledger.credited("a-" + i, 100);
        }
        node.operations().declare("balance", 2, ANN);
        node.backfill("balance");
        caughtUp();
    }

    private void caughtUp() {
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
    }

    private static Drift reconcile(TestNode node, boolean all) {
        List<Drift> pairs = node.get(ReconciliationOperations.class).reconcile("balance", all, ANN);
        assertThat(pairs).hasSize(1);
        return pairs.get(0);
    }

    private Drift reconcile() {
        caughtUp();
        return reconcile(node, false);
    }

    private static Drift drift(TestNode node) {
        List<Drift> pairs = node.get(ReconciliationOperations.class).drift("balance");
        assertThat(pairs).hasSize(1);
        return pairs.get(0);
    }

    private static List<String> keys(Drift drift) {
        return drift.listed().stream().map(DriftingRow::keyText).sorted().toList();
    }

    private void plant(String account) {
        database.run("update views.balance_v2 set amount = amount + 99 where account = '%s'".formatted(account));
    }

    private void rebuild(String account) {
        node.get(RebuildOperations.class).rebuild(V2, new RebuildTarget.Homes(List.of(account)), false, ANN);
    }

    private static ListAppender<ILoggingEvent> listen() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Reconciliation.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        return appender;
    }

    @Test
    void the_first_look_at_a_pair_begins_at_the_present_and_compares_all_rows() {
        build();
        assertThat(drift(node))
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("new"))
                .satisfies(drift -> assertThat(drift.left()).isEqualTo("balance@1"))
                .satisfies(drift -> assertThat(drift.right()).isEqualTo("balance@2"));
        plant("a-3");
        Drift drift = reconcile();
        assertThat(drift.state()).isEqualTo("following");
        assertThat(drift.position()).isEqualTo(node.get(OrderedStream.class).head());
        assertThat(drift.behind()).isZero();
        assertThat(drift.fullVerdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(keys(drift)).containsExactly("a-3");
    }

    @Test
    void a_row_changed_by_hand_is_found_once_it_is_touched_and_is_gone_once_it_is_rebuilt() {
        build();
        assertThat(reconcile().rows()).isZero();
        plant("a-3");
        assertThat(reconcile().rows()).as("not touched since").isZero();

        ledger.credited("a-3", 5);
        Drift touched = reconcile();
        assertThat(touched.rows()).isEqualTo(1);
        assertThat(touched.listed()).singleElement().satisfies(row -> {
            assertThat(row.kind()).isEqualTo("different");
            assertThat(row.home()).isEqualTo("a-3");
            assertThat(row.fields()).containsExactly("cents");
            assertThat(Objects.requireNonNull(row.left()).toString())
                    .isEqualTo("{account=a-3, owner=owner of a-3, cents=105, credits=2}");
            assertThat(Objects.requireNonNull(row.right()).get("cents")).isEqualTo(10_005);
        });

        plant("a-5");
        database.run("delete from views.balance_v2 where account = 'a-7'");
        Drift all = reconcile(node, true);
        assertThat(keys(all)).containsExactly("a-3", "a-5", "a-7");
        assertThat(all.listed())
                .filteredOn(row -> row.home().equals("a-7"))
                .singleElement()
                .satisfies(row -> assertThat(row.kind()).isEqualTo("missing"))
                .satisfies(row -> assertThat(row.right()).isNull());
        assertThat(all.listed())
                .filteredOn(row -> row.home().equals("a-3"))
                .singleElement()
                .satisfies(row -> assertThat(row.since())
                        .isEqualTo(touched.listed().get(0).since()));

        rebuild("a-3");
        assertThat(keys(reconcile())).as("no event has touched it").containsExactly("a-5", "a-7");
        rebuild("a-5");
        rebuild("a-7");
        assertThat(reconcile().rows()).isZero();
        assertThat(database.value("select count(*) from changeover.drift")).isEqualTo("0");
    }

    @Test
    void a_drift_above_the_threshold_is_said_once_to_the_log_and_to_listeners() {
        build();
        reconcile();
        ListAppender<ILoggingEvent> log = listen();
        Told told = node.get(Told.class);
        plant("a-3");
        assertThat(reconcile(node, true).alert()).isTrue();
        reconcile(node, true);
        ledger.credited("a-3", 5);
        assertThat(reconcile().alert()).isTrue();
        assertThat(told.changes).containsExactly("exceeded by 1");
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains(
                        "balance@1 and balance@2 have drifted apart: 1 rows differ, and no more than 0 may, such as key 'a-3', which is different in cents. See 'changeover drift balance', explain a key, then repair the rows")
                .filteredOn(message -> message.contains("drifted apart"))
                .hasSize(1);

        rebuild("a-3");
        assertThat(reconcile().alert()).isFalse();
        assertThat(told.changes).containsExactly("exceeded by 1", "recovered to 0");
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.INFO)
                .extracting(ILoggingEvent::getFormattedMessage)
                .contains("balance@1 and balance@2 are back together: 0 rows differ, and 0 may");
    }

    @Test
    void a_home_with_dead_letters_is_looked_at_again_though_no_event_touches_it() {
        build();
        reconcile();
        LedgerDomain.BROKEN.add("a-1");
        plant("a-1");
        ledger.credited("a-1", 7);
        Drift parked = reconcile();
        assertThat(parked.rows()).isZero();
        assertThat(parked.waiting()).isEqualTo(1);
        assertThat(reconcile(node, true).waiting())
                .as("all rows say nothing about it either")
                .isEqualTo(1);

        LedgerDomain.BROKEN.clear();
        node.operations().retry(V2, "a-1");
        Drift mended = reconcile();
        assertThat(mended.waiting()).isZero();
        assertThat(keys(mended)).as("the planted value has survived the retry").containsExactly("a-1");
    }

    @Test
    void what_cannot_be_compared_because_the_versions_are_far_apart_is_compared_once_they_are_not() {
        node.close();
        node = start(Map.of("changeover.live.batch-size", "1"), Impatient.class);
        build();
        ledger.opened("held");
        reconcile();
        plant("a-3");
        ledger.credited("a-3", 5);
        caughtUp();
        CountDownLatch held = new CountDownLatch(1);
        LedgerDomain.hold = held;
        try {
            ledger.credited("held", 1);
            for (int i = 0; i < 20; i++) {
                ledger.credited("a-1", 1);
            }
            node.awaitCaughtUp("balance@1");
            Drift apart = reconcile(node, false);
            assertThat(apart.rows()).isZero();
            assertThat(apart.waiting()).isEqualTo(1);
            assertThat(reconcile(node, true))
                    .satisfies(drift -> assertThat(drift.state()).isEqualTo("failing"))
                    .satisfies(drift ->
                            assertThat(drift.why()).startsWith("Not all rows could be compared: the versions are "));
        } finally {
            held.countDown();
        }
        Drift after = reconcile();
        assertThat(after.state()).isEqualTo("following");
        assertThat(after.waiting()).isZero();
        assertThat(keys(after)).containsExactly("a-3");
    }

    @Test
    void a_long_gap_is_worked_off_in_steps_from_the_stored_position_after_a_restart() {
        build();
        Drift before = reconcile();
        node.close();
        plant("a-2");
        plant("a-9");
        for (int i = 0; i < 300; i++) {
            ledger.credited("a-" + i % 9, 1);
        }
        node = start(Map.of("changeover.reconcile.stretch", "7", "changeover.reconcile.batch", "2"));
        caughtUp();
        Drift waits = drift(node);
        assertThat(waits.position()).isEqualTo(before.position());
        assertThat(waits.behind()).isEqualTo(300);
        Drift after = reconcile();
        assertThat(after.behind()).isZero();
        assertThat(after.fullAt()).as("all rows are not compared again").isEqualTo(before.fullAt());
        assertThat(keys(after)).as("a-9 was not touched").containsExactly("a-2");
    }

    @Test
    void a_version_that_is_built_from_nothing_is_compared_from_nothing() {
        build();
        Drift before = reconcile();
        node.operations().abort("balance", ANN);
        assertThat(node.get(ReconciliationOperations.class).drift("balance"))
                .as("an abandoned version is not compared")
                .isEmpty();
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> reconcile(node, false))
                .withMessage(
                        "View 'balance' has no two versions that live, and only such are reconciled; declare a changeover and run its backfill first");

        database.run("update changeover.view_version set state = 'FAILED' where version = 2");
        node.operations().cancelBackfill(V2, ANN);
        node.operations().declare("balance", 2, ANN);
        assertThat(drift(node).state()).isEqualTo("paused");
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> reconcile(node, false))
                .withMessage(
                        "View 'balance' has no two versions that can be compared now: balance@2 is cancelled; the comparison goes on once it is live");
        node.backfill("balance");
        caughtUp();
        plant("a-6");
        Drift after = reconcile();
        assertThat(keys(after)).as("though no event has touched it").containsExactly("a-6");
        assertThat(after.fullAt()).isAfter(before.fullAt());
    }

    @Test
    void a_comparison_that_fails_is_said_once_kept_in_the_status_and_tried_again() {
        build();
        reconcile();
        ListAppender<ILoggingEvent> log = listen();
        database.run("alter table views.balance_v2 rename to gone");
        assertThat(reconcile(node, true))
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("failing"))
                .satisfies(drift -> assertThat(drift.why()).contains("balance_v2"));
        reconcile(node, true);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "balance@1 and balance@2 cannot be compared, so whether they drift apart is not known; it is tried again by itself, ever less often. Mend what the message names, then see 'changeover drift balance'");
        database.run("alter table views.gone rename to balance_v2");
        assertThat(reconcile(node, true))
                .satisfies(drift -> assertThat(drift.state()).isEqualTo("following"))
                .satisfies(drift -> assertThat(drift.why()).isNull());
    }

    @Test
    void of_two_nodes_one_compares_and_the_other_takes_over_after_the_lease() {
        build();
        reconcile();
        // As a node leaves it that is killed in the middle of a comparison.
        database.run(
                "update changeover.reconciliation set claimed_by = 'dead-node', claimed_until = now() + interval '1 hour'");
        plant("a-3");
        ledger.credited("a-3", 5);
        caughtUp();
        TestNode second = start(Map.of(
                "changeover.node-id", "second-node",
                "changeover.reconcile.enabled", "true"));
        TestNode.await(() ->
                second.get(Reconciliation.class).latest(VersionPair.of(V1, V2)).isPresent());
        assertThat(drift(second))
                .satisfies(drift -> assertThat(drift.workedOnBy()).isEqualTo("dead-node"))
                .satisfies(drift -> assertThat(drift.rows()).isZero())
                .satisfies(drift -> assertThat(drift.behind()).isEqualTo(1));
        database.run("update changeover.reconciliation set claimed_until = now() - interval '1 second'");
        TestNode.await(() -> drift(second).rows() == 1);
    }

    @Test
    void a_node_that_was_taken_over_writes_nothing_and_begins_again() {
        node.close();
        node = start(Map.of(), Interrupted.class);
        build();
        Drift before = reconcile();
        plant("a-3");
        List<String> seen = new ArrayList<>();
        MEANWHILE.set(() -> {
            database.run(
                    "update changeover.reconciliation set claimed_by = 'other-node', claimed_until = now() - interval '1 second'");
            MEANWHILE.set(() -> seen.add(database.value("select count(*) from changeover.drift") + " written, last at "
                    + drift(node).fullAt()));
        });
        Drift after = reconcile(node, true);
        assertThat(seen)
                .as("before the second time was written")
                .containsExactly("0 written, last at " + before.fullAt());
        assertThat(keys(after)).containsExactly("a-3");
        assertThat(after.fullAt()).isAfter(before.fullAt());
    }

    @Test
    void a_node_looks_by_itself_and_its_meters_tell() {
        build();
        ledger.opened("b-1");
        node.close();
        node = start(Map.of("changeover.reconcile.enabled", "true"));
        MeterRegistry registry = new SimpleMeterRegistry();
        node.all(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
        TestNode.await(() -> value(registry, "behind") == 0);
        assertThat(value(registry, "drift")).isZero();
        assertThat(value(registry, "alert")).isZero();
        plant("b-1");
        ledger.credited("b-1", 3);
        TestNode.await(() -> value(registry, "drift") == 1);
        assertThat(value(registry, "alert")).isEqualTo(1);
        assertThat(registry.get("changeover.parity.compared")
                        .tags("view", "balance", "left", "1", "right", "2")
                        .functionCounter()
                        .count())
                .isGreaterThanOrEqualTo(14); // thirteen rows at first, then the one that was touched
        for (String look : List.of("touched", "all")) {
            assertThat(registry.get("changeover.parity.age")
                            .tags("view", "balance", "look", look)
                            .gauge()
                            .value())
                    .isNotNaN();
        }
        rebuild("b-1");
        TestNode.await(() -> value(registry, "drift") == 0 && value(registry, "alert") == 0);
    }

    private static double value(MeterRegistry registry, String name) {
        return registry.get("changeover.parity." + name)
                .tags("view", "balance", "left", "1", "right", "2")
                .gauge()
                .value();
    }

    @Test
    void more_rows_than_are_kept_are_counted_and_all_rows_are_compared_once_the_kept_ones_are_mended() {
        node.close();
        node = start(Map.of("changeover.reconcile.kept-rows", "2"));
        build();
        for (int i = 0; i < 5; i++) {
            plant("a-" + i);
        }
        Drift many = reconcile();
        assertThat(many.rows()).isEqualTo(5);
        assertThat(many.listed()).hasSize(2);
        keys(many).forEach(this::rebuild);
        reconcile();
        Drift fewer = reconcile();
        assertThat(fewer.rows()).isEqualTo(3);
        assertThat(fewer.listed()).hasSize(2);
    }

    @Test
    void a_pair_that_is_named_with_an_unknown_version_refuses_the_start() {
        node.close();
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> start(Map.of("changeover.reconcile.pairs", "balance@1:balance@7")))
                .withStackTraceContaining("View 'balance' has no version '7'; its versions are: 1, 2");
    }
}
