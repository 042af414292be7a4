package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.backfill.Backfills;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleLimits;
import io.changeover.view.VersionId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two nodes that build one version of four segments. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharedBackfillTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = Request.by("ann");
    private static final String SEGMENTS_HAD =
            "select count(owner) from token_entry where processor_name = 'balance@2'";

    private final TestDatabase database = TestDatabase.withStore();
    private TestNode first;
    private TestNode second;

    /** The history is written once the first version is live, so that only the second is built from it. */
    @BeforeEach
    void start() {
        first = start("first");
        second = start("second");
        first.awaitState("balance@1", "live");
        LedgerStore ledger = new LedgerStore(database);
        ledger.openedMany(500);
        ledger.creditedMany(500, 20_000);
        first.operations().declare("balance", 2, ANN);
        first.operations().startBackfill("balance", ANN);
        awaitShared();
    }

    private TestNode start(String name) {
        return LedgerNode.start(
                database,
                Map.of(
                        "changeover.node-id", name,
                        "changeover.live.segments", "4",
                        "changeover.backfill.chunk-events", "50",
                        "changeover.backfill.throttle.max-events-per-second", "500"),
                LedgerDomain.WithStep.class);
    }

    private void awaitShared() {
        TestNode.await(() -> owns("first") == 2 && owns("second") == 2);
    }

    private int owns(String node) {
        return Integer.parseInt(database.value(SEGMENTS_HAD + " and owner = '" + node + "'"));
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
        database.close();
    }

    /** What was to be seen while both were at it has been seen. */
    private static void unthrottle(TestNode node) {
        node.get(Governor.class).limits(ThrottleLimits.defaults());
    }

    private void assertThatBothAreRight() {
        first.awaitCaughtUp("balance@1");
        first.awaitCaughtUp("balance@2");
        assertThat(first.operations().compare(V1, V2).verdict()).isEqualTo(Verdict.EQUAL);
        // An independent fold of the same events, in SQL.
        assertThat(
                        database.value(
                                """
                                select count(*) from views.balance_v2 full join (
                                    select coalesce(event ->> 'account', event ->> 'acc') as account,
                                        sum(coalesce(event ->> 'cents', event ->> 'amount', '0')::bigint) as cents,
                                        count(*) - 1 as made
                                    from (select convert_from(payload, 'UTF8')::jsonb as event from domain_event_entry
                                        where payload_type like 'account.%') e
                                    group by 1) folded using (account)
                                where cents is distinct from (amount * 100)::bigint
                                    or made is distinct from jsonb_array_length(credits)"""))
                .isEqualTo("0");
        assertThat(database.value("select count(*) from views.balance_v2")).isEqualTo("500");
    }

    private boolean nobodyIsAtIt() {
        return !first.get(Backfills.class).isUnderWay(V2)
                && !second.get(Backfills.class).isUnderWay(V2);
    }

    @Test
    void a_node_that_comes_gets_a_part_and_the_version_is_equal_and_followed_by_both_in_the_end() {
        // It is done with its part long before the other, and gets one of the two that this still has.
        unthrottle(first);
        TestNode.await(() -> owns("second") == 1);
        unthrottle(second);
        TestNode.await(() -> first.operations().changeover("balance").phase().equals("catching-up"));
        TestNode.await(() -> "0".equals(database.value("select count(*) from changeover.segment_wish")));
        assertThatBothAreRight();
        new LedgerStore(database).creditedAsOfOld("late", "a-1", 1);
        assertThatBothAreRight();
    }

    @Test
    void what_a_node_that_leaves_had_of_it_the_other_builds() {
        second.close();
        unthrottle(first);
        TestNode.await(() -> first.operations().changeover("balance").phase().equals("catching-up"));
        assertThatBothAreRight();
    }

    @Test
    void who_pauses_or_cancels_it_stops_all_that_build_it() {
        second.operations().pauseBackfill(V2, ANN);
        TestNode.await(this::nobodyIsAtIt);
        first.awaitState("balance@2", "paused");
        assertThat(database.value(SEGMENTS_HAD)).isEqualTo("0");

        second.operations().resumeBackfill(V2, ANN);
        awaitShared();
        first.operations().cancelBackfill(V2, ANN);
        TestNode.await(this::nobodyIsAtIt);
        first.awaitState("balance@2", "cancelled");
        assertThat(database.value("select to_regclass('views.balance_v2') is null"))
                .isEqualTo("t");
        assertThat(database.value("select count(*) from token_entry where processor_name = 'balance@2'"))
                .isEqualTo("0");

        unthrottle(second);
        second.operations().resumeBackfill(V2, ANN);
        TestNode.await(() -> second.operations().changeover("balance").phase().equals("catching-up"));
        assertThatBothAreRight();
    }
}
