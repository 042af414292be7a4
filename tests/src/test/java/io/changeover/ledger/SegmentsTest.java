package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.backfill.Backfills;
import io.changeover.operation.DryRun;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.SegmentOperations;
import io.changeover.operation.SegmentStatus;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleLimits;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentsTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final Request ANN = Request.by("ann");
    private static final int ACCOUNTS = 40;

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode start(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("changeover.node-id", name);
        return LedgerNode.start(database, all, LedgerDomain.WithStep.class);
    }

    private static SegmentOperations segments(TestNode node) {
        return node.get(SegmentOperations.class);
    }

    private static List<Integer> numbers(List<SegmentStatus> segments) {
        return segments.stream().map(SegmentStatus::segment).toList();
    }

    private List<String> owners() {
        return List.of(database.value(
                        "select string_agg(coalesce(owner, '-'), ',' order by owner) from token_entry where processor_name = 'balance@1'")
                .split(","));
    }

    /** An independent sum of the same events, in SQL. */
    private void assertThatRowsAreRight(TestNode node) {
        node.awaitCaughtUp("balance@1");
        assertThat(
                        database.value(
                                """
                                select count(*) from views.balance_v1 b full join (
                                    select event ->> 'account' as account, sum((event ->> 'cents')::bigint) as sum, count(*) as made
                                    from (select convert_from(payload, 'UTF8')::jsonb as event from domain_event_entry
                                        where payload_type = 'account.credited') e
                                    group by 1) folded using (account)
                                where sum is distinct from cents or made is distinct from credits"""))
                .isEqualTo("0");
        assertThat(database.value("select count(*) from views.balance_v1")).isEqualTo(Integer.toString(ACCOUNTS));
    }

    @Test
    void segments_are_split_and_merged_while_two_nodes_follow_and_events_are_written() throws Exception {
        try (TestNode first = start("first", Map.of());
                TestNode second = start("second", Map.of())) {
            first.awaitState("balance@1", "live");
            ledger.openedMany(ACCOUNTS);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    int number = written.getAndIncrement();
                    ledger.append(
                            "w-" + number,
                            "account.credited",
                            "2",
                            "{\"account\":\"a-%d\",\"cents\":%d}".formatted(1 + number % ACCOUNTS, number));
                    LockSupport.parkNanos(1_000_000); // a writer that nobody can keep up with would show nothing
                }
            });
            try {
                assertThat(numbers(segments(first).split(V1, 0, ANN))).containsExactly(0, 1);
                assertThat(numbers(segments(second).split(V1, 1, ANN))).containsExactly(0, 1, 3);
                assertThat(numbers(segments(first).split(V1, 0, ANN))).containsExactly(0, 1, 2, 3);
                TestNode.await(() -> writer.isDone() || owners().equals(List.of("first", "first", "second", "second")));
                assertThat(segments(second).segments("balance"))
                        .allSatisfy(segment -> assertThat(segment.share()).isEqualTo(0.25));
                assertThat(numbers(segments(second).merge(V1, 3, ANN))).containsExactly(0, 1, 2);
                assertThat(numbers(segments(first).merge(V1, 0, ANN))).containsExactly(0, 1);
                assertThat(numbers(segments(second).merge(V1, 0, ANN))).containsExactly(0);
            } finally {
                over.set(true);
            }
            writer.join();
            assertThat(written).hasPositiveValue();
            assertThatRowsAreRight(first);
        }
    }

    @Test
    void a_node_that_comes_gets_its_part_of_what_is_followed_and_leaves_it_when_it_goes() {
        try (TestNode first = start("first", Map.of("changeover.live.segments", "4"))) {
            first.awaitState("balance@1", "live");
            ledger.openedMany(ACCOUNTS);
            first.awaitCaughtUp("balance@1");
            assertThat(owners()).containsOnly("first");
            try (TestNode second = start("second", Map.of())) {
                TestNode.await(() -> owners().equals(List.of("first", "first", "second", "second")));
                ledger.creditedNow(ACCOUNTS, 400);
                assertThatRowsAreRight(second);
            }
            ledger.creditedNow(ACCOUNTS, 400);
            assertThatRowsAreRight(first);
        }
    }

    @Test
    void what_cannot_be_split_or_merged_is_refused_and_a_dry_run_changes_nothing() {
        try (TestNode node = start("first", Map.of())) {
            node.awaitState("balance@1", "live");
            SegmentOperations segments = segments(node);
            DryRun dry = new DryRun();
            assertThat(segments.split(V1, 0, ANN.into(dry))).hasSize(1);
            assertThat(dry.intents()).hasSize(1);
            assertRefused(() -> segments.split(V1, 1, ANN), "Version 'balance@1' has no segment 1; it has 0");
            assertRefused(
                    () -> segments.merge(V1, 0, ANN),
                    "Segment 0 is the only one of version 'balance@1', so there is nothing to merge it with; leave it");
            segments.split(V1, 0, ANN);
            segments.split(V1, 1, ANN);
            assertRefused(
                    () -> segments.merge(V1, 0, ANN),
                    "Segment 0 of version 'balance@1' would be merged with segment 1, which is split further; merge that first");
            assertRefused(
                    () -> segments.split(VersionId.parse("balance@2"), 0, ANN),
                    "Version 'balance@2' is not begun, and only segments of one that follows live events are split and merged; wait until it is built, or have new versions begin with more by changeover.live.segments");
        }
    }

    private static void assertRefused(Runnable verb, String message) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(verb::run)
                .withMessage(message);
    }

    @Test
    void a_node_that_builds_nothing_has_another_build_what_it_is_asked_for() {
        try (TestNode serving = start("serving", Map.of("changeover.backfill.enabled", "false"));
                TestNode building = start("building", Map.of("changeover.backfill.throttle.stopped", "true"))) {
            building.awaitState("balance@1", "live");
            ledger.openedMany(ACCOUNTS);
            ledger.creditedNow(ACCOUNTS, 400);
            serving.operations().declare("balance", 2, ANN);
            serving.operations().startBackfill("balance", ANN);
            TestNode.await(() -> "building"
                    .equals(database.value("select owner from token_entry where processor_name = 'balance@2'")));
            serving.operations().pauseBackfill(VersionId.parse("balance@2"), ANN);
            serving.awaitState("balance@2", "paused");
            TestNode.await(
                    () -> database.value("select owner from token_entry where processor_name = 'balance@2'") == null);
            building.get(Governor.class).limits(ThrottleLimits.defaults());
            serving.operations().resumeBackfill(VersionId.parse("balance@2"), ANN);
            TestNode.await(
                    () -> serving.operations().changeover("balance").phase().equals("catching-up"));
            serving.awaitCaughtUp("balance@2");
            serving.awaitCaughtUp("balance@1");
            assertThat(serving.operations()
                            .compare(V1, VersionId.parse("balance@2"))
                            .verdict())
                    .isEqualTo(Verdict.EQUAL);
        }
    }

    /** Until this is rolled back, who begins waits between its claim and what it says of it. */
    private Connection beginningsHeld() throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1 from changeover.stored_revision_progress for update");
        }
        return connection;
    }

    @Test
    void a_pause_that_comes_while_another_node_begins_is_heard() throws SQLException {
        try (TestNode serving = start("serving", Map.of("changeover.backfill.enabled", "false"));
                TestNode building = start("building", Map.of())) {
            building.awaitState("balance@1", "live");
            ledger.openedMany(ACCOUNTS);
            building.awaitCaughtUp("balance@1");
            serving.operations().declare("balance", 2, ANN);
            try (Connection begins = beginningsHeld()) {
                serving.operations().startBackfill("balance", ANN);
                TestNode.await(() -> "building"
                        .equals(database.value("select owner from token_entry where processor_name = 'balance@2'")));
                assertThat(serving.operations()
                                .pauseBackfill(VersionId.parse("balance@2"), ANN)
                                .state())
                        .isEqualTo("paused");
                begins.rollback();
            }
            TestNode.await(
                    () -> database.value("select owner from token_entry where processor_name = 'balance@2'") == null);
            building.awaitState("balance@2", "paused");
            serving.operations().resumeBackfill(VersionId.parse("balance@2"), ANN);
            building.awaitState("balance@2", "live");
        }
    }

    @Test
    void any_node_pauses_or_cancels_what_another_builds() throws SQLException {
        VersionId version = VersionId.parse("balance@2");
        String owner = "select owner from token_entry where processor_name = 'balance@2'";
        Map<String, String> stopped = Map.of("changeover.backfill.throttle.stopped", "true");
        try (TestNode building = start("building", stopped);
                TestNode other = start("other", Map.of())) {
            building.awaitState("balance@1", "live");
            ledger.openedMany(ACCOUNTS);
            other.awaitCaughtUp("balance@1");
            building.operations().declare("balance", 2, ANN);
            try (Connection begins = beginningsHeld()) {
                building.operations().startBackfill("balance", ANN);
                TestNode.await(() -> "building".equals(database.value(owner)));
                assertRefused(
                        () -> other.operations().pauseBackfill(version, ANN),
                        "Version 'balance@2' is just being begun by node 'building', and can be paused once it has; ask again in a moment");
                begins.rollback();
            }
            other.awaitState("balance@2", "backfilling");

            assertThat(other.operations().pauseBackfill(version, ANN).state()).isEqualTo("paused");
            TestNode.await(() -> !building.get(Backfills.class).isUnderWay(version));
            assertThat(database.value(owner)).isNull();

            ledger.creditedNow(ACCOUNTS, 400); // what was read before is committed
            building.operations().resumeBackfill(version, ANN);
            TestNode.await(() -> "building".equals(database.value(owner)));
            other.awaitState("balance@2", "backfilling");
            assertThat(other.operations().cancelBackfill(version, ANN).state()).isEqualTo("cancelled");
            assertThat(database.value("select to_regclass('views.balance_v2')")).isNull();
            assertThat(building.get(Backfills.class).isUnderWay(version)).isFalse();

            other.operations().resumeBackfill(version, ANN);
            building.awaitState("balance@2", "live");
            other.awaitCaughtUp("balance@2");
            other.awaitCaughtUp("balance@1");
            assertThat(other.operations().compare(V1, version).verdict()).isEqualTo(Verdict.EQUAL);
        }
    }
}
