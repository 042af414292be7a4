package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.changeover.ChangeoverCommand.DropVersion;
import io.changeover.changeover.ChangeoverCommand.PurgeVersion;
import io.changeover.changeover.ChangeoverCommand.RestoreVersion;
import io.changeover.doctor.Diagnosis;
import io.changeover.doctor.Finding;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DisposalStatus;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.VersionStatus;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.plan.Plan;
import io.changeover.projection.Projections;
import io.changeover.serving.Reader;
import io.changeover.serving.RouteFollower;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompletionTest {

    private static final Request ANN = Request.by("ann");
    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Duration WEEK = Duration.ofDays(7);

    /** Nothing of it is carried out before somebody asks, as when a node dies in between. */
    private static final Map<String, String> ASLEEP = Map.of("changeover.completion.interval", "1h");

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore store = new LedgerStore(database);

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode start(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("changeover.node-id", name);
        all.put("changeover.consumers.interval", "20ms");
        all.putIfAbsent("changeover.completion.interval", "50ms");
        return LedgerNode.start(database, all, LedgerDomain.WithStep.class, LaterClock.Moved.class);
    }

    private void serving(TestNode node, int from, int to) {
        node.operations().declare("balance", to, ANN);
        node.backfill("balance");
        node.awaitCaughtUp("balance@" + from);
        node.awaitCaughtUp("balance@" + to);
        node.operations().verify("balance", ANN);
        node.operations().shift("balance", 100, ANN);
    }

    private static void complete(TestNode node) {
        TestNode.await(
                () -> { // nodes tell who reads, each in its time
                    try {
                        return node.operations()
                                .complete("balance", ANN)
                                .phase()
                                .equals("completed");
                    } catch (OperationRefusedException e) {
                        if (e.rule().equals("readers-unknown")) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    private static CompletionOperations ends(TestNode node) {
        return node.get(CompletionOperations.class);
    }

    private static VersionStatus status(TestNode node, int version) {
        return node.operations().view("balance").versions().get(version - 1);
    }

    private void credit(TestNode node, long cents) {
        store.credited("b", cents);
        node.awaitCaughtUp("balance@2");
    }

    private Verdict compared(TestNode node) {
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        return node.operations().compare(V1, V2).verdict();
    }

    private String tables() {
        return database.value(
                "select string_agg(tablename, ', ' order by tablename) from pg_tables where schemaname = 'views'");
    }

    private String indexesOf(String tables) {
        return database.value(
                "select string_agg(indexname, ', ' order by indexname) from pg_indexes where schemaname = 'views' and tablename like '%s'"
                        .formatted(tables));
    }

    private static boolean follows(TestNode node) {
        return node.get(Projections.class).live().contains(V1);
    }

    @Test
    void a_version_that_is_held_follows_and_answers_nobody_and_the_way_back_through_it_loses_nothing() {
        store.openedMany(20);
        store.opened("b");
        try (TestNode node = start("first", Map.of())) {
            serving(node, 1, 2);
            complete(node);
            assertThat(status(node, 1).disposal()).isEqualTo("held");
            assertThat(status(node, 2).disposal()).isNull();
            credit(node, 5);
            assertThat(compared(node)).isEqualTo(Verdict.EQUAL);
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> node.get(RouteOperations.class)
                            .route("balance", Reader.of("ann").overriding(Map.of("balance", 1))))
                    .withMessageStartingWith("Version 1 of view 'balance' is held since ")
                    .withMessageEndingWith(
                            ", and a version that was given up answers nobody; ask without naming a version");
        }
        try (TestNode node = start("first", Map.of("changeover.views.balance.serve", "1"))) {
            credit(node, 7);
            assertThat(compared(node)).isEqualTo(Verdict.EQUAL);
            assertThat(node.get(RouteOperations.class)
                            .route("balance", Reader.of("ann"))
                            .version())
                    .isEqualTo("balance@2");
            assertThat(node.get(DoctorOperations.class).look().findings())
                    .extracting(Finding::check)
                    .containsExactly("given-up-version-configured");
        }
        try (TestNode node = start("first", Map.of())) {
            assertThat(node.get(DoctorOperations.class).look().findings()).isEmpty();
            assertThat(ends(node).reopen("balance", ANN).phase()).isEqualTo("serving");
            assertThat(status(node, 1).disposal()).isNull();
            credit(node, 11);
            assertThat(node.operations().rollBack("balance", ANN).phase()).isEqualTo("rolled-back");
            assertThat(node.get(RouteOperations.class)
                            .route("balance", Reader.of("ann"))
                            .version())
                    .isEqualTo("balance@1");
            assertThat(compared(node)).isEqualTo(Verdict.EQUAL);
            assertThat(database.value("select cents from views.balance_v1 where account = 'b'"))
                    .isEqualTo("23");
        }
    }

    @Test
    void a_purged_version_stops_on_every_node_comes_back_where_it_stopped_and_is_gone_when_it_is_dropped() {
        store.openedMany(20);
        store.opened("b");
        try (TestNode first = start("first", Map.of());
                TestNode second = start("second", Map.of())) {
            serving(first, 1, 2);
            complete(first);
            String indexes = indexesOf("balance_v1");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> ends(first).purge(V1, ANN))
                    .satisfies(refused -> assertThat(refused.rule()).isEqualTo("stage-too-short"));
            first.get(LaterClock.class).move(WEEK);

            DisposalStatus purged = ends(first).purge(V1, ANN);
            assertThat(purged.unfinished()).isNull();
            assertThat(purged.stage()).isEqualTo("purged");
            String kept =
                    "balance_v1_purged_" + purged.changeover().replace("-", "").substring(0, 6);
            assertThat(purged.keptTable()).isEqualTo("views." + kept);
            assertThat(purged.nextFrom()).isEqualTo(purged.since().plus(WEEK));
            assertThat(tables()).isEqualTo(kept + ", balance_v2");
            assertThat(indexesOf(kept)).startsWith("balance_v1_pkey_purged_");
            assertThat(follows(first)).isFalse();
            TestNode.await(() -> !follows(second));
            assertThat(status(second, 1).state()).isEqualTo("purged");
            credit(first, 5);
            assertThat(status(first, 1).lag()).isPositive();
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> first.operations().compare(V1, V2))
                    .withMessage(
                            "Version 'balance@1' is purged, its rows lie under another name, and only rows that follow the store can be compared; restore it, and where it was restored already, wait until that is carried out");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> first.operations().declare("balance", 1, ANN))
                    .withMessageStartingWith("Version 1 of view 'balance' is purged since ")
                    .withMessageEndingWith(
                            ", and a changeover leads to one that is held, dropped or new; restore it to go on with its rows, or drop it to build it from nothing");
            assertThat(first.get(DoctorOperations.class).look().findings()).isEmpty();

            DisposalStatus restored = ends(second).restore(V1, ANN);
            assertThat(restored.unfinished()).isNull();
            assertThat(restored.stage()).isEqualTo("held");
            assertThat(restored.keptTable()).isNull();
            assertThat(tables()).isEqualTo("balance_v1, balance_v2");
            assertThat(indexesOf("balance_v1")).isEqualTo(indexes);
            TestNode.await(() -> follows(first) && follows(second));
            assertThat(compared(first)).isEqualTo(Verdict.EQUAL);
            assertThat(database.value("select cents from views.balance_v1 where account = 'b'"))
                    .isEqualTo("5");

            first.get(LaterClock.class).move(WEEK);
            assertThat(ends(first).purge(V1, ANN).unfinished()).isNull();
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> ends(second).drop(V1, ANN))
                    .satisfies(refused -> assertThat(refused.rule()).isEqualTo("stage-too-short"));
            first.get(LaterClock.class).move(WEEK.plus(WEEK));
            DisposalStatus dropped = ends(first).drop(V1, ANN);
            assertThat(dropped.unfinished()).isNull();
            assertThat(dropped.nextFrom()).isNull();
            assertThat(tables()).isEqualTo("balance_v2");
            assertThat(database.value("select count(*) from token_entry where processor_name = 'balance@1'"))
                    .isEqualTo("0");
            assertThat(status(second, 1).state()).isEqualTo("absent");
            assertThat(first.get(DoctorOperations.class).look().findings()).isEmpty();

            first.operations().declare("balance", 1, ANN);
            assertThat(first.backfill("balance").phase()).isEqualTo("catching-up"); // from nothing
            assertThat(compared(first)).isEqualTo(Verdict.EQUAL);
            assertThat(tables()).isEqualTo("balance_v1, balance_v2");
        }
    }

    @Test
    void what_a_crash_has_cut_off_is_told_and_carried_out_by_the_doctor_or_by_the_next_start() {
        store.openedMany(20);
        store.opened("b");
        try (TestNode node = start("first", ASLEEP)) {
            serving(node, 1, 2);
            complete(node);
            decide(node, new PurgeVersion("balance", 1, Instant.now(), Duration.ZERO, "ann", ""));
            Diagnosis seen = node.get(DoctorOperations.class).look();
            assertThat(seen.findings())
                    .singleElement()
                    .isEqualTo(new Finding(
                            "half-finished-completion",
                            "balance@1",
                            "purged is decided, nothing is carried out",
                            "the version is neither where it was nor where it is to be; no changeover can lead to it meanwhile",
                            true,
                            "the step is carried out, as nodes try by themselves too",
                            null));
            assertThat(ends(node).disposals("balance").get(0).unfinished())
                    .isEqualTo("purged is decided, nothing is carried out");
            assertThat(tables()).isEqualTo("balance_v1, balance_v2");
        }
        try (TestNode node = start("first", Map.of())) {
            TestNode.await(() -> tables().contains("_purged_"));
            assertThat(follows(node)).isFalse();
            TestNode.await(
                    () -> node.get(DoctorOperations.class).look().findings().isEmpty());
        }
        try (TestNode node = start("first", ASLEEP)) {
            decide(node, new RestoreVersion("balance", 1, "ann", ""));
            assertThat(follows(node)).isFalse();
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> ends(node).reopen("balance", ANN))
                    .withMessage(
                            "Version 'balance@1' is the way back of a changeover that is reopened, and it is not there again: held is decided, purged is carried out; wait until it is, or see what changeover doctor says");
            assertThat(node.get(DoctorOperations.class).mend(ANN).findings())
                    .extracting(Finding::done)
                    .containsExactly("it was carried out");
            credit(node, 3);
            assertThat(compared(node)).isEqualTo(Verdict.EQUAL);

            decide(node, new PurgeVersion("balance", 1, Instant.now(), Duration.ZERO, "ann", ""));
            decide(node, new DropVersion("balance", 1, Instant.now(), Duration.ZERO, "ann", ""));
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> node.operations().declare("balance", 1, ANN))
                    .withMessageStartingWith("Version 'balance@1' is dropped since ")
                    .withMessageEndingWith(
                            ", but what was built of it is not gone yet, and a new one begins from nothing; wait until it is, or see what changeover doctor says");
        }
        try (TestNode node = start("first", Map.of())) {
            TestNode.await(() -> tables().equals("balance_v2"));
            assertThat(status(node, 1).state()).isEqualTo("absent");
        }
    }

    private static void decide(TestNode node, Object command) {
        node.get(CommandGateway.class).sendAndWait(command);
        node.get(RouteFollower.class).refresh();
    }

    @Test
    void an_end_that_goes_on_by_itself_takes_each_step_when_it_is_due() {
        store.openedMany(20);
        store.opened("b");
        Plan standard = Plan.standard();
        Plan plan = new Plan(
                "quick",
                null,
                null,
                standard.shadow(),
                standard.steps(),
                standard.soak(),
                standard.limits(),
                standard.beans(),
                standard.onBreach(),
                standard.breaches(),
                standard.quiet(),
                new Plan.Completion(true, Duration.ofDays(1), Duration.ofDays(2)));
        try (TestNode node = start("first", Map.of())) {
            serving(node, 1, 2);
            node.get(PlanOperations.class).adopt("balance", plan, ANN);
            complete(node);
            assertThat(stage(node)).isEqualTo("held");
        }
        try (TestNode node = start("first", Map.of("changeover.autopilot.enabled", "true"))) {
            LaterClock clock = node.get(LaterClock.class);
            clock.move(Duration.ofHours(25));
            TestNode.await(() -> stage(node).equals("purged"));
            clock.move(Duration.ofHours(24));
            TestNode.await(() -> stage(node).equals("dropped"));
            // It is decided first and carried out after.
            TestNode.await(() -> tables().equals("balance_v2"));
        }
    }

    private static String stage(TestNode node) {
        return ends(node).disposals("balance").get(0).stage();
    }
}
