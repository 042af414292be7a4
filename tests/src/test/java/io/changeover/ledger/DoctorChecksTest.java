package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.doctor.Finding;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.NodeKeeper;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.Request;
import io.changeover.plan.Plan;
import io.changeover.serving.RouteFollower;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each test plants a state in one database, and leaves it healthy. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorChecksTest {

    private static final Request ANN = Request.by("ann");
    private static final String TOKEN =
            "insert into token_entry (processor_name, segment, owner, timestamp, token, token_type) values ('balance@9', 0, %s, '2020-01-01T00:00:00Z', convert_to('{\"globalIndex\":%d}', 'UTF8'), 'x')";
    private static final String STATE =
            "insert into changeover.view_version (view, version, state, horizon, updated_at) values ('balance', %d, '%s', 0, '2020-01-01T00:00:00Z')";
    private static final String NO_STATE = "delete from changeover.view_version where version = 9";
    private static final String NO_TOKEN = "delete from token_entry where processor_name = 'balance@9'";

    private TestDatabase database;
    private TestNode node;

    @BeforeAll
    void start() {
        database = TestDatabase.empty();
        node = LedgerNode.start(
                database,
                Map.of("changeover.node-id", "first", "changeover.autopilot.enabled", "false"),
                LedgerDomain.WithStep.class);
        node.awaitCaughtUp("balance@1");
        node.get(NodeKeeper.class).close(); // it goes on with what has come to rest, and might be the first to
        database.run(
                "insert into changeover.node (node, started_at, seen_at) values ('dead', '2020-01-01', '2020-01-01')");
    }

    @AfterAll
    void stop() {
        node.close();
        database.close();
    }

    @BeforeEach
    void nothing_is_found_where_nothing_was_planted() {
        assertThat(look()).isEmpty();
    }

    private List<Finding> look() {
        return node.get(DoctorOperations.class).look().findings();
    }

    private Finding only(String check) {
        return look().stream()
                .filter(finding -> finding.check().equals(check))
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + check + ": " + one + " and " + other);
                })
                .orElseThrow(() -> new AssertionError("no " + check + " in " + look()));
    }

    private String mended(String check) {
        return node.get(DoctorOperations.class).mend(ANN).findings().stream()
                .filter(finding -> finding.check().equals(check))
                .map(finding -> String.valueOf(finding.done()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_table_that_no_version_has_is_told_and_left() {
        database.run("create table views.balance_v9 (x int)", "create table views.balance_v1_purged_abc (x int)");
        assertThat(look())
                .extracting(Finding::check, Finding::subject, Finding::safe)
                .containsExactly(
                        tuple("left-over-table", "views.balance_v1_purged_abc", false),
                        tuple("left-over-table", "views.balance_v9", false));
        assertThat(mended("left-over-table")).isEqualTo("null");
        assertThat(look()).hasSize(2);
        database.run("drop table views.balance_v9", "drop table views.balance_v1_purged_abc");
    }

    @Test
    void a_token_that_no_version_has_is_removed() {
        database.run(TOKEN.formatted("null", 0));
        Finding found = only("left-over-token");
        assertThat(found.subject()).isEqualTo("balance@9");
        assertThat(found.found())
                .isEqualTo(
                        "its segment 0 has a token, written at 2020-01-01T00:00:00Z, and no version that is known has it");
        assertThat(mended("left-over-token")).isEqualTo("the token was removed");
    }

    @Test
    void a_token_beside_rows_of_which_nobody_knows_is_left() {
        database.run(TOKEN.formatted("null", 0), "create table views.balance_v9 (x int)");
        assertThat(only("left-over-token").safe()).isFalse();
        assertThat(mended("left-over-token")).isEqualTo("null");
        database.run("drop table views.balance_v9", NO_TOKEN);
    }

    @Test
    void a_version_that_nobody_declares_or_knows_is_told() {
        database.run(STATE.formatted(9, "LIVE"));
        assertThat(only("left-over-version").found())
                .isEqualTo("it was built once (LIVE), and neither a changeover nor this release knows it");
        database.run(NO_STATE);
    }

    @Test
    void dead_letters_of_a_version_that_is_not_there_are_removed() {
        database.run(
                """
                insert into changeover.dead_letter (view, version, home, position, event_id, aggregate_id, sequence, event_name,
                    payload, metadata, event_time, cause, parked_at, attempts)
                select 'balance', 9, 'a-1', i, 'e' || i, 'a-1', i, 'x', '', '', now(), 'x', now(), 1 from generate_series(1, 3) i
                """);
        assertThat(only("left-over-dead-letters").found())
                .isEqualTo("3 events wait as its dead letters, and the version is not there");
        assertThat(mended("left-over-dead-letters")).isEqualTo("3 dead letters were removed");
    }

    @Test
    void a_token_beyond_the_end_of_the_store_is_told() {
        long head = node.get(OrderedStream.class).head();
        database.run(STATE.formatted(9, "LIVE"), TOKEN.formatted("null", head + 5));
        assertThat(only("token-beyond-head").found())
                .isEqualTo("its token stands at position %d, and the store ends at %d".formatted(head + 5, head));
        database.run(NO_STATE, NO_TOKEN);
    }

    @Test
    void a_version_that_serves_without_its_table_is_told() {
        database.run("alter table views.balance_v1 rename to hidden");
        assertThat(only("missing-parts").found()).isEqualTo("it serves, and has no table views.balance_v1");
        assertThat(only("missing-parts").safe()).isFalse();
        database.run("alter table views.hidden rename to balance_v1");
    }

    @Test
    void a_version_that_serves_without_its_record_is_told() {
        database.run("update changeover.view_version set version = 7 where version = 1");
        assertThat(only("missing-parts").found()).isEqualTo("it serves, and has no record of where it stands");
        database.run("update changeover.view_version set version = 1 where version = 7");
    }

    @Test
    void a_node_that_is_up_and_acknowledges_nothing_is_told() {
        // Nothing was decided a moment ago only, so the doctor looks as if it were later.
        database.run(
                "insert into changeover.node (node, started_at, seen_at) values ('ghost', '2020-01-01', now() + interval '1 hour')");
        assertThat(look()).isEmpty();
        try (TestNode later = LedgerNode.start(
                database,
                Map.of("changeover.node-id", "later", "changeover.autopilot.enabled", "false"),
                LedgerDomain.WithStep.class,
                LaterClock.Moved.class)) {
            later.get(LaterClock.class).move(Duration.ofHours(1));
            List<Finding> found = later.get(DoctorOperations.class).look().findings();
            assertThat(found).singleElement().satisfies(finding -> {
                assertThat(finding.check()).isEqualTo("node-behind");
                assertThat(finding.subject()).isEqualTo("ghost");
                assertThat(finding.found())
                        .startsWith(
                                "it is up since 2020-01-01T00:00:00Z and has acknowledged nothing of it; the last decision about view 'balance' is of ");
            });
        }
        database.run("delete from changeover.node where node in ('ghost', 'later')");
    }

    @Test
    void a_claim_of_a_node_that_is_silent_is_given_back() {
        database.run(STATE.formatted(9, "LIVE"), TOKEN.formatted("'dead'", 0));
        assertThat(only("silent-token-claim").found())
                .isEqualTo(
                        "segment 0 is claimed by 'dead', which is silent, and was renewed last at 2020-01-01T00:00:00Z");
        assertThat(mended("silent-token-claim")).isEqualTo("the claim was given back");
        assertThat(database.value("select owner from token_entry where processor_name = 'balance@9'"))
                .isNull();
        database.run(NO_STATE, NO_TOKEN);
    }

    @Test
    void a_comparison_of_a_node_that_is_silent_is_given_back() {
        database.run(
                """
                insert into changeover.comparison (id, view, left_version, right_version, keys, components, state, node, claim,
                    heard_at, actor, reason, started_at)
                values ('00000000-0000-4000-8000-000000000009', 'balance', 8, 9, '{}', '{}', 'RUNNING', 'dead', gen_random_uuid(),
                    '2020-01-01T00:00:00Z', 'ann', '', '2020-01-01T00:00:00Z')
                """);
        assertThat(only("silent-comparison").found())
                .isEqualTo(
                        "their comparison 00000000-0000-4000-8000-000000000009 is worked on by 'dead', which is silent, and was heard of last at 2020-01-01T00:00:00Z");
        assertThat(mended("silent-comparison")).isEqualTo("the claim was given back");
        database.run("delete from changeover.comparison");
    }

    @Test
    void a_reconciliation_of_a_node_that_is_silent_is_given_back() {
        database.run(
                "insert into changeover.reconciliation (view, left_version, right_version, claimed_by, claimed_until) values ('balance', 8, 9, 'dead', now() + interval '1 hour')");
        assertThat(only("silent-reconciliation").found())
                .startsWith("they are compared by 'dead', which is silent, until ");
        assertThat(mended("silent-reconciliation")).isEqualTo("the claim was given back");
        database.run("delete from changeover.reconciliation");
    }

    @Test
    void a_changeover_that_has_come_to_rest_is_brought_on() {
        new LedgerStore(database).openedMany(20);
        node.operations().declare("balance", 2, ANN);
        database.run(STATE.formatted(2, "BACKFILLING"));
        assertThat(only("idle-backfill").found())
                .isEqualTo(
                        "it is said to be built from history, and no node has renewed its claim for longer than PT1M");
        assertThat(mended("idle-backfill")).isEqualTo("this node goes on with the backfill");
        node.awaitState("balance@2", "live");

        node.backfill("balance");
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        node.operations().verify("balance", ANN);
        node.operations().shift("balance", 50, ANN);
        node.get(CommandGateway.class).sendAndWait(new RollBack("balance", "ann", ""));
        node.get(RouteFollower.class).refresh();
        assertThat(only("unconfirmed-rollback").found())
                .startsWith("it is rolling back since ")
                .endsWith(", and all nodes that are up go by it: first");
        assertThat(mended("unconfirmed-rollback")).isEqualTo("it was recorded that the rollback is over");
        assertThat(node.operations().changeover("balance").phase()).isEqualTo("rolled-back");

        node.get(PlanOperations.class).adopt("balance", Plan.standard(), ANN);
        database.run(
                "create table if not exists changeover.autopilot (view text primary key, node text, seen_at timestamptz)",
                "insert into changeover.autopilot (view, node, seen_at) values ('balance', 'dead', '2020-01-01T00:00:00Z')");
        assertThat(only("silent-autopilot").found())
                .isEqualTo(
                        "its plan is carried forward by 'dead', which is silent, and was heard of last at 2020-01-01T00:00:00Z");
        database.run("delete from changeover.autopilot");
    }
}
