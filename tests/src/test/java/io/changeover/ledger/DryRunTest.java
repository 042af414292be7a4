package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.changeover.Pin;
import io.changeover.operation.ComparisonOperations;
import io.changeover.operation.DryRun;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Operations;
import io.changeover.operation.PlanOperations;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.SunsetOperations;
import io.changeover.plan.Plan;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Each verb is tried where it would do something, and what the database holds is the same before and after. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DryRunTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = new Request("ann", "to see");
    private static final Instant LATER = Instant.parse("2099-01-01T00:00:00Z");

    private static final Set<String> FOLLOWING = Set.of("live", "incomplete");

    /** All tables by content, without what nodes write by themselves: heartbeats and the times of their claims. */
    private static final String CONTENT =
            """
            select string_agg(name || ' ' || content, chr(10) order by name) from (
                select format('%I.%I', table_schema, table_name) as name,
                    query_to_xml(format('select count(*) as n, md5(string_agg(row, '';'' order by row)) as rows from '
                        || '(select (to_jsonb(t) - ''timestamp'' - ''owner'' - ''updated_at'' - ''reached'')::text as row '
                        || 'from %I.%I t) r',
                        table_schema, table_name), true, false, '')::text as content
                from information_schema.tables
                where table_schema in ('changeover', 'views', 'public') and table_type = 'BASE TABLE'
                    and table_name not in ('node', 'node_acknowledgement', 'consumer_collection', 'consumer_batch')
            ) tables""";

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;
    private Operations operations;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        LedgerDomain.hold = new CountDownLatch(0);
        node = LedgerNode.start(database, Map.of("changeover.consumers.interval", "50ms"), LedgerDomain.WithStep.class);
        operations = node.operations();
    }

    @AfterEach
    void stop() {
        LedgerDomain.hold.countDown();
        node.close();
        database.close();
    }

    private List<String> would(Consumer<Request> verb) {
        DryRun run = new DryRun();
        // Versions that live follow the events of changeovers too, and write how far they have come.
        operations.view("balance").versions().stream()
                .filter(version -> FOLLOWING.contains(version.state()))
                .forEach(version -> node.awaitCaughtUp(version.version()));
        String before = database.value(CONTENT);
        verb.accept(ANN.into(run));
        assertThat(database.value(CONTENT)).isEqualTo(before);
        return run.intents().stream().map(DryRun.Intent::what).toList();
    }

    private void refuses(String rule, Consumer<Request> verb) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> would(verb))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    @Test
    void what_is_looked_at_to_be_the_same_is_not_when_a_verb_does_something() {
        String before = database.value(CONTENT);
        operations.declare("balance", 2, ANN);
        assertThat(database.value(CONTENT)).isNotEqualTo(before);
    }

    @Test
    void no_verb_of_a_changeover_changes_anything_from_its_declaration_to_its_end() {
        ledger.openedMany(20);
        ledger.creditedMany(20, 40);
        node.awaitCaughtUp("balance@1");

        assertThat(would(ask -> operations.declare("balance", 2, ask))).containsExactly("changeover.declared");
        refuses("same-version", ask -> operations.declare("balance", 1, ask));
        refuses("no-changeover-open", ask -> operations.startBackfill("balance", ask));

        operations.declare("balance", 2, ANN);
        assertThat(would(ask -> operations.startBackfill("balance", ask)))
                .containsExactly("changeover.backfill-started");
        assertThat(would(ask -> operations.startBackfills(List.of("balance"), ask)))
                .containsExactly("changeover.backfill-started");
        assertThat(would(ask -> operations.abort("balance", ask)))
                .containsExactly("changeover.aborted", "stop projecting");
        refuses("shift-before-backfill", ask -> operations.shift("balance", 10, ask));

        node.backfill("balance");
        node.awaitCaughtUp("balance@2");
        refuses("backfill-over", ask -> operations.pauseBackfill(V2, ask));
        assertThat(would(ask -> operations.verify("balance", ask))).containsExactly("changeover.parity-recorded");

        operations.verify("balance", ANN);
        assertThat(would(ask -> operations.shift("balance", 10, ask)))
                .containsExactly("changeover.flip-rehearsed", "changeover.way-back-proven", "changeover.reads-shifted");
        RouteOperations routes = node.get(RouteOperations.class);
        Pin acme = new Pin(Pin.Kind.TENANT, "acme");
        assertThat(would(ask -> routes.pin("balance", acme, 2, ask)))
                .containsExactly("changeover.flip-rehearsed", "changeover.way-back-proven", "changeover.reader-pinned");
        refuses("not-pinned", ask -> routes.unpin("balance", acme, ask));
        PlanOperations plans = node.get(PlanOperations.class);
        assertThat(would(ask -> plans.pause("balance", ask))).containsExactly("changeover.paused");
        assertThat(would(ask -> plans.adopt("balance", Plan.standard(), ask)))
                .containsExactly("changeover.plan-adopted");

        operations.shift("balance", 100, ANN);
        assertThat(would(ask -> operations.shift("balance", 50, ask))).containsExactly("changeover.reads-shifted");
        assertThat(would(ask -> operations.shift("balance", 100, ask))).isEmpty();
        assertThat(would(ask -> operations.rollBack("balance", ask))).containsExactly("changeover.rolled-back");
        SunsetOperations sunsets = node.get(SunsetOperations.class);
        assertThat(would(ask -> sunsets.schedule(V1, LATER, null, ask))).containsExactly("changeover.sunset-scheduled");
        assertThat(would(ask -> sunsets.withdraw(V1, ask))).isEmpty();
        TestNode.await(this::readersAreKnown);
        assertThat(would(ask -> operations.complete("balance", ask))).containsExactly("changeover.completed");
        assertThat(operations.changeover("balance").percent()).isEqualTo(100);
    }

    private boolean readersAreKnown() {
        try {
            operations.complete("balance", ANN.into(new DryRun()));
            return true;
        } catch (OperationRefusedException e) {
            assertThat(e.rule()).isEqualTo("readers-unknown"); // until the node has told once who reads
            return false;
        }
    }

    @Test
    void comparisons_and_dead_letters_are_left_as_they_are() {
        LedgerDomain.BROKEN.add("a-3");
        ledger.opened("a-3");
        ledger.opened("a-4");
        ledger.credited("a-3", 7);
        operations.declare("balance", 2, ANN);
        operations.startBackfill("balance", ANN);
        node.awaitState("balance@2", "incomplete");

        assertThat(would(ask -> operations.retry(V2, "a-3", ask))).containsExactly("fold waiting events again");
        refuses("nothing-parked", ask -> operations.retry(V2, "a-4", ask));
        ComparisonOperations comparisons = node.get(ComparisonOperations.class);
        assertThat(would(ask -> comparisons.start(V1, V2, ask))).containsExactly("begin comparison");
        refuses("not-two-versions", ask -> comparisons.start(V1, V1, ask));
        refuses("unknown-comparison", ask -> comparisons.cancel(UUID.randomUUID(), ask));
        assertThat(would(ask -> node.get(ReconciliationOperations.class).reconcile("balance", false, ask)))
                .containsExactly("compare touched rows");
    }

    @Test
    void a_backfill_that_runs_goes_on() {
        LedgerDomain.hold = new CountDownLatch(1);
        ledger.opened("held");
        ledger.credited("held", 1);
        operations.declare("balance", 2, ANN);
        operations.startBackfill("balance", ANN);
        node.awaitState("balance@2", "backfilling");

        assertThat(would(ask -> operations.pauseBackfill(V2, ask))).containsExactly("pause backfill");
        assertThat(would(ask -> operations.cancelBackfill(V2, ask)))
                .containsExactly("cancel backfill and remove what it has built");
        assertThat(would(ask -> operations.startBackfill("balance", ask))).isEmpty();

        LedgerDomain.hold.countDown();
        node.awaitCaughtUp("balance@2");
    }
}
