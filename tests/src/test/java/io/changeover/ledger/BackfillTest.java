package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.backfill.BackfillProgress;
import io.changeover.backfill.Backfills;
import io.changeover.changeover.ChangeoverCommand;
import io.changeover.operation.DeadLetter;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.Projections;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackfillTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;

    @BeforeEach
    void forget() {
        LedgerDomain.BROKEN.clear();
        LedgerDomain.hold = new CountDownLatch(0);
    }

    @AfterEach
    void stop() {
        LedgerDomain.hold.countDown();
        node.close();
        database.close();
    }

    private void start(Map<String, String> settings) {
        node = LedgerNode.start(database, settings, LedgerDomain.WithStep.class);
        node.awaitState("balance@1", "live");
    }

    private BackfillProgress progress() {
        return node.get(Backfills.class).progress(V2).orElseThrow();
    }

    private void begin() {
        node.operations().declare("balance", 2, ANN);
        node.operations().startBackfill("balance", ANN);
    }

    private void awaitReading() {
        TestNode.await(() -> progress().state() == BackfillProgress.State.RUNNING
                && progress().done() > 0);
    }

    private void assertThatBothAreRight() {
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        ParityReport report = node.operations().compare(V1, V2);
        assertThat(report.verdict()).as(report::toString).isEqualTo(Verdict.EQUAL);
        // An independent fold of the same events, in SQL.
        assertThat(
                        database.value(
                                """
                        select count(*) from views.balance_v2 full join (
                            select coalesce(event ->> 'account', event ->> 'acc') as account,
                                sum(coalesce(event ->> 'cents', event ->> 'amount', '0')::bigint) as cents,
                                count(*) - 1 as credits
                            from (select convert_from(payload, 'UTF8')::jsonb as event from domain_event_entry
                                where payload_type like 'account.%') events group by 1
                        ) expected using (account)
                        where (amount * 100)::bigint is distinct from cents
                            or jsonb_array_length(balance_v2.credits) is distinct from expected.credits"""))
                .isEqualTo("0");
    }

    /** More than one stretch of history, so that there is something left to stop. */
    private void writeMuchWithACreditThatIsHeld() {
        ledger.openedMany(2_000);
        ledger.opened("held");
        ledger.credited("held", 1);
        ledger.creditedMany(2_000, 60_000);
        LedgerDomain.hold = new CountDownLatch(1);
    }

    @Test
    void a_view_that_is_larger_than_its_memory_is_built_all_the_same() {
        start(Map.of(
                "changeover.backfill.memory-budget", "1MB",
                "changeover.backfill.checkpoint-size", "1MB",
                "changeover.backfill.workers", "2"));
        ledger.openedMany(9_000);
        ledger.creditedMany(9_000, 27_000);
        begin();
        node.awaitState("balance@2", "live");
        assertThat(progress().stages().load()).as("rows were read back").isPositive();
        assertThat(progress().total()).isEqualTo(36_000);
        assertThat(progress().done()).isEqualTo(36_000);
        assertThatBothAreRight();
        ledger.creditedMany(9_000, 500);
        assertThatBothAreRight();
    }

    @Test
    void rows_are_loaded_into_a_table_that_gets_its_keys_and_statistics_afterwards() {
        start(Map.of());
        ledger.openedMany(3_000);
        begin();
        node.awaitState("balance@2", "live");
        assertThat(
                        database.value(
                                "select string_agg(pg_get_indexdef(indexrelid), '; ') from pg_index where indrelid = 'views.balance_v2'::regclass"))
                .isEqualTo("CREATE UNIQUE INDEX balance_v2_pkey ON views.balance_v2 USING btree (account)");
        assertThat(database.value("select reltuples from pg_class where oid = 'views.balance_v2'::regclass"))
                .isEqualTo("3000");
        assertThat(progress().eta()).isNull();
        assertThat(progress().rate()).isPositive();
    }

    @Test
    void what_concerns_nobody_is_neither_read_nor_counted_and_the_position_moves_over_it() {
        start(Map.of("changeover.store.ignored-events", "noise.made"));
        ledger.openedMany(10);
        database.run(
                "insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp) select 'n-' || i, 0, 'Noise', 'n-' || i, '{}', 'not even JSON', '1', 'noise.made', '2026-01-01T00:00:00Z' from generate_series(1, 30000) i");
        long horizon = Long.parseLong(database.value("select max(global_index) from domain_event_entry"));
        node.operations().declare("balance", 2, ANN);
        node.operations().startBackfill("balance", ANN);
        node.awaitState("balance@2", "live");
        assertThat(progress().total()).isEqualTo(10);
        assertThat(progress().horizon()).isGreaterThan(horizon);
        assertThat(progress().position()).isEqualTo(progress().horizon());
    }

    @Test
    void paused_it_stays_paused_until_it_is_resumed() {
        start(Map.of("changeover.backfill.checkpoint-size", "1MB"));
        writeMuchWithACreditThatIsHeld();
        begin();
        awaitReading();
        node.get(Backfills.class).pause(V2);
        LedgerDomain.hold.countDown();
        node.awaitState("balance@2", "paused");
        long position = progress().position();
        assertThat(position)
                .as(progress()::toString)
                .isPositive()
                .isLessThan(progress().horizon());
        node.close();
        start(Map.of());
        assertThat(node.operations().view("balance").versions().get(1).state()).isEqualTo("paused");
        assertThat(node.operations().pauseBackfill(V2, ANN).position()).isEqualTo(position);

        assertThat(node.operations().resumeBackfill(V2, ANN).state()).isIn("starting", "running", "indexing", "done");

        node.awaitState("balance@2", "live");
        assertThat(progress().start()).isEqualTo(position);
        TestNode.await(() -> node.operations().changeover("balance").phase().equals("catching-up"));
        assertThatBothAreRight();
        assertThatThrownBy(() -> node.operations().pauseBackfill(V2, ANN))
                .hasMessage(
                        "Version 'balance@2' is built up to position %d and follows live events, so its backfill can no longer be paused; abort the changeover to stop it"
                                .formatted(progress().horizon()));
    }

    /** As when an operator aborts a changeover that is being built, and at once declares and builds it anew. */
    private void giveUpWhileItIsBuiltAndBeginAnew() {
        start(Map.of("changeover.backfill.checkpoint-size", "1MB"));
        writeMuchWithACreditThatIsHeld();
        begin();
        awaitReading();
        node.operations().abort("balance", ANN);
        node.operations().declare("balance", 2, ANN);
        node.operations().startBackfill("balance", ANN);
    }

    @Test
    void given_up_and_asked_for_again_before_it_has_stopped_it_is_built_all_the_same() {
        giveUpWhileItIsBuiltAndBeginAnew();
        assertThat(node.get(Backfills.class).isUnderWay(V2)).isTrue();
        LedgerDomain.hold.countDown();
        TestNode.await(() -> node.operations().changeover("balance").phase().equals("catching-up"));
        assertThatBothAreRight();
    }

    @Test
    void given_up_twice_before_it_has_stopped_it_is_not_built() {
        giveUpWhileItIsBuiltAndBeginAnew();
        node.operations().abort("balance", ANN);
        LedgerDomain.hold.countDown();
        TestNode.await(() -> !node.get(Backfills.class).isUnderWay(V2));
        assertThat(node.operations().view("balance").versions().get(1).state()).isEqualTo("paused");
    }

    @Test
    void built_by_another_node_between_a_look_at_it_and_the_claim_it_is_followed() {
        start(Map.of());
        ledger.openedMany(10);
        node.operations().declare("balance", 2, ANN);
        database.run(
                """
                create function built() returns trigger language plpgsql as $$
                begin
                    insert into changeover.view_version (view, version, state, horizon, updated_at)
                        values ('balance', 2, 'LIVE', 0, now()) on conflict do nothing;
                    return new;
                end $$""",
                "create trigger built before insert or update on token_entry for each row when (new.processor_name = 'balance@2' and new.owner is not null) execute function built()");
        node.get(Backfills.class).start(V2).join();
        assertThat(progress().state()).isEqualTo(BackfillProgress.State.DONE);
        assertThat(progress().total()).isZero();
        assertThat(node.get(Projections.class).live()).contains(V2);
        assertThatBothAreRight();
    }

    /** As when the node that has built it was killed before it could say so. */
    @Test
    void a_changeover_that_nobody_has_told_that_its_version_is_built_is_told() {
        start(Map.of());
        ledger.openedMany(10);
        node.operations().declare("balance", 2, ANN);
        node.get(CommandGateway.class).sendAndWait(new ChangeoverCommand.StartBackfill("balance", "ann", null));
        node.get(Backfills.class).start(V2).join();
        TestNode.await(() -> node.operations().changeover("balance").phase().equals("catching-up"));
    }

    @Test
    void paused_while_the_throttle_stops_it_it_stops_at_once_and_loses_nothing() {
        start(Map.of("changeover.backfill.throttle.stopped", "true"));
        ledger.openedMany(9_000);
        ledger.creditedMany(9_000, 30_000);
        begin();
        TestNode.await(() -> progress().state() == BackfillProgress.State.RUNNING);
        assertThat(node.operations().pauseBackfill(V2, ANN).state()).isEqualTo("paused");
        node.close();
        start(Map.of());
        node.operations().resumeBackfill(V2, ANN);
        node.awaitState("balance@2", "live");
        assertThatBothAreRight();
    }

    @Test
    void cancelled_it_leaves_nothing_and_begins_anew_when_asked_for_again() {
        start(Map.of("changeover.backfill.checkpoint-size", "1MB"));
        writeMuchWithACreditThatIsHeld();
        begin();
        awaitReading();
        node.get(Backfills.class).cancel(V2);
        LedgerDomain.hold.countDown();
        node.awaitState("balance@2", "cancelled");
        TestNode.await(() -> !node.get(Backfills.class).isUnderWay(V2));
        assertThat(database.value("select to_regclass('views.balance_v2')")).isNull();
        assertThat(database.value("select count(*) from token_entry where processor_name = 'balance@2'"))
                .isEqualTo("0");
        node.operations().startBackfill("balance", ANN);
        node.awaitState("balance@2", "live");
        assertThat(progress().start()).isZero();
        assertThatBothAreRight();
    }

    @Test
    void what_was_never_begun_can_neither_be_paused_nor_resumed_nor_cancelled() {
        start(Map.of());
        assertThatThrownBy(() -> node.operations().pauseBackfill(V2, ANN))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage(
                        "Version 'balance@2' was never begun, and only a backfill that was begun can be paused; start it first");
        assertThatThrownBy(() -> node.operations().resumeBackfill(V2, ANN))
                .hasMessage(
                        "Version 'balance@2' was never begun, and only a backfill that was begun can be resumed; start it first");
        assertThatThrownBy(() -> node.operations().cancelBackfill(V2, ANN))
                .hasMessage(
                        "Version 'balance@2' was never begun, and only a backfill that was begun can be cancelled; start it first");
    }

    @Test
    void letters_cannot_be_retried_while_the_version_is_being_built() {
        start(Map.of());
        writeMuchWithACreditThatIsHeld();
        begin();
        node.awaitState("balance@2", "backfilling");
        assertThatThrownBy(() -> node.operations().retry(V2, "a-1"))
                .hasMessage(
                        "Version 'balance@2' is being built, and its dead letters can be retried once that is over; wait for the end of the backfill or pause it first");
    }

    @Test
    void a_hopeless_backfill_is_given_up_early_and_can_be_resumed_once_the_fold_is_mended() {
        start(Map.of(
                "changeover.backfill.max-dead-letters", "5",
                "changeover.backfill.checkpoint-size", "1MB"));
        ledger.openedMany(2_000);
        ledger.creditedMany(2_000, 60_000);
        for (int i = 1; i <= 3; i++) {
            LedgerDomain.BROKEN.add("a-" + i);
        }
        begin();
        node.awaitState("balance@2", "failed");
        BackfillProgress failed = progress();
        assertThat(failed.position()).isLessThan(failed.horizon());
        assertThat(failed.failure())
                .matches(
                        "[0-9]+ events of 'balance@2' wait as dead letters, and the limit is 5, so the backfill is given up at position [0-9]+; the first says: position [0-9]+: the fold of 'Credited' threw java.lang.IllegalStateException: account a-[123] is broken; mend the cause, then ask for the backfill again, or raise changeover.backfill.max-dead-letters");
        assertThat(node.operations().changeover("balance").backfill().failure()).isEqualTo(failed.failure());

        LedgerDomain.BROKEN.clear();
        for (int i = 1; i <= 3; i++) {
            assertThat(node.operations().retry(V2, "a-" + i).failure()).isNull();
        }
        node.operations().startBackfill("balance", ANN);
        node.awaitState("balance@2", "live");
        assertThat(progress().start()).isEqualTo(failed.position());
        assertThatBothAreRight();
    }

    @Test
    void a_poisoned_history_parks_its_homes_and_is_complete_once_they_are_mended() {
        node = LedgerNode.start(database, Map.of());
        node.awaitState("balance@1", "live");
        ledger.openedMany(2_000);
        ledger.append("transfer-8", "account.credited", "2", "{\"account\":\"a-1\",\"ce");
        ledger.creditedAsOfOld("transfer-9", "a-2", 50);
        ledger.append("transfer-10", "account.credited", "2", "{\"account\":\"a-3\",\"cents\":7}");
        ledger.append("transfer-11", "account.credited", "2", "{\"account\":\"a-4\",\"cents\":8}");
        LedgerDomain.BROKEN.add("a-3");
        begin();
        node.awaitState("balance@2", "incomplete");
        assertThat(node.operations().deadLetters(V2))
                .extracting(DeadLetter::home)
                .containsExactly("transfer-8", "transfer-9", "a-3");
        assertThat(node.operations().changeover("balance").phase()).isEqualTo("backfilling");
        assertThat(node.operations().changeover("balance").backfill().deadLetters())
                .isEqualTo(3);
        assertThat(database.value("select amount from views.balance_v2 where account = 'a-4'"))
                .isEqualTo("0.08");

        node.close();
        LedgerDomain.BROKEN.clear();
        start(Map.of()); // a release that has the step
        assertThat(node.operations().retry(V2, "a-3").applied()).isEqualTo(1);
        assertThat(node.operations().retry(V2, "transfer-9").failure()).isNull();
        assertThat(node.operations().changeover("balance").phase()).isEqualTo("backfilling");
        assertThat(node.operations().retry(V2, "transfer-8").stillParked()).isEqualTo(1);
        // The bytes are gone for ever; a step that knows the event's history could still drop it.
        assertThat(node.operations().deadLetters(V2)).hasSize(1);
        assertThat(node.operations().view("balance").versions().get(1).state()).isEqualTo("incomplete");
    }

    @Test
    void a_node_that_finds_the_claim_taken_waits_and_takes_over_what_the_other_leaves() {
        start(Map.of("changeover.backfill.checkpoint-size", "1MB"));
        writeMuchWithACreditThatIsHeld();
        begin();
        awaitReading();
        try (TestNode other =
                LedgerNode.start(database, Map.of("changeover.node-id", "other-node"), LedgerDomain.WithStep.class)) {
            TestNode.await(() -> other.get(Backfills.class)
                    .progress(V2)
                    .map(BackfillProgress::state)
                    .filter(BackfillProgress.State.STARTING::equals)
                    .isPresent());
            node.get(Backfills.class).close();
            LedgerDomain.hold.countDown();
            other.awaitState("balance@2", "live");
            TestNode.await(
                    () -> other.operations().changeover("balance").phase().equals("catching-up"));
        }
        node.close();
        start(Map.of());
        assertThatBothAreRight();
    }

    @Test
    void the_time_that_is_left_is_told_while_it_runs() {
        start(Map.of());
        writeMuchWithACreditThatIsHeld();
        begin();
        TestNode.await(() -> progress().state() == BackfillProgress.State.RUNNING
                && progress().total() > 0);
        assertThat(progress().total()).isEqualTo(62_002);
        assertThat(progress().together()).isEqualTo(1);
        assertThat(progress().elapsed()).isPositive().isLessThan(Duration.ofHours(1));
        LedgerDomain.hold.countDown();
        node.awaitState("balance@2", "live");
        assertThat(progress().done()).isEqualTo(62_002);
        assertThat(List.of(
                        progress().stages().read(),
                        progress().stages().parse(),
                        progress().stages().write()))
                .allSatisfy(stage -> assertThat(stage).isPositive());
    }
}
