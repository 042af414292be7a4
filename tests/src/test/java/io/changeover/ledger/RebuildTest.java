package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.operation.DeadLetter;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.RebuildResult;
import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.HomeChange;
import io.changeover.projection.HomeRebuildOptions;
import io.changeover.projection.HomeRebuildResult;
import io.changeover.projection.HopelessRebuildException;
import io.changeover.projection.Projections;
import io.changeover.rebuild.RebuildTarget;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RebuildTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final Request ANN = new Request("ann", "a row was wrong");
    private static final String ROWS = "select md5(string_agg(t::text, ';' order by account)) from views.balance_v2 t";

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        node = LedgerNode.start(
                database,
                Map.of("changeover.live.batch-size", "7", "changeover.live.segments", "2"),
                LedgerDomain.WithStep.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Twelve accounts with two credits each, one of them in the old revision by an aggregate of its own, and live. */
    private void build() {
        for (int i = 0; i < 12; i++) {
            ledger.opened("a-" + i);
            ledger.credited("a-" + i, 100);
            ledger.creditedAsOfOld("transfer-" + i, "a-" + i, 50);
        }
        node.operations().declare("balance", 2, ANN);
        node.operations().startBackfill("balance", ANN);
        caughtUp(); // incomplete where events wait as dead letters
    }

    private void caughtUp() {
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
    }

    private void plantWrongRows() {
        database.run(
                "update views.balance_v2 set amount = 99 where account = 'a-3'",
                "delete from views.balance_v2 where account = 'a-7'",
                "insert into views.balance_v2 values ('stranger', 'nobody', 1, '[]', null, now(), 1, 'by hand')");
    }

    private RebuildResult rebuild(RebuildTarget target) {
        return node.get(RebuildOperations.class).rebuild(V2, target, false, ANN);
    }

    private RebuildResult dryRun(RebuildTarget target) {
        return node.get(RebuildOperations.class).rebuild(V2, target, true, ANN);
    }

    private Verdict verdict() {
        return node.operations().compare(V1, V2).verdict();
    }

    private String amount(String account) {
        return database.value("select amount from views.balance_v2 where account = '%s'".formatted(account));
    }

    private void refuses(String rule, String message, RebuildTarget target) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> rebuild(target))
                .withMessage(message)
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(rule));
    }

    @Test
    void listed_homes_are_folded_from_nothing_and_others_are_left_alone() {
        build();
        plantWrongRows();
        database.run("update views.balance_v2 set owner = 'left wrong' where account = 'a-5'");
        RebuildResult result = rebuild(new RebuildTarget.Homes(List.of("a-3", "a-7", "a-8", "stranger")));
        assertThat(result)
                .extracting(
                        RebuildResult::version,
                        RebuildResult::target,
                        RebuildResult::dryRun,
                        RebuildResult::homes,
                        RebuildResult::events,
                        RebuildResult::inserted,
                        RebuildResult::changed,
                        RebuildResult::deleted,
                        RebuildResult::same,
                        RebuildResult::released,
                        RebuildResult::stillParked)
                .containsExactly("balance@2", "4 homes", false, 4L, 36L, 1L, 1L, 1L, 1L, 0L, 0L);
        assertThat(amount("a-3")).isEqualTo("1.50");
        assertThat(amount("a-7")).isEqualTo("1.50");
        assertThat(amount("stranger")).isNull();
        assertThat(database.value("select owner from views.balance_v2 where account = 'a-5'"))
                .isEqualTo("left wrong");
        rebuild(new RebuildTarget.Homes(List.of("a-5")));
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);

        ledger.credited("a-7", 25);
        caughtUp();
        assertThat(amount("a-7")).isEqualTo("1.75");
    }

    @Test
    void a_dry_run_tells_what_would_change_and_changes_nothing() {
        build();
        plantWrongRows();
        String before = database.value(ROWS);
        RebuildResult result = dryRun(new RebuildTarget.All());
        assertThat(database.value(ROWS)).isEqualTo(before);
        assertThat(result.dryRun()).isTrue();
        assertThat(result.homes()).isEqualTo(13);
        assertThat(result.inserted()).isEqualTo(1);
        assertThat(result.changed()).isEqualTo(1);
        assertThat(result.deleted()).isEqualTo(1);
        assertThat(result.same()).isEqualTo(10);
        assertThat(result.samples()).extracting(HomeChange::home).containsExactly("a-3", "a-7", "stranger");
        HomeChange wrong = result.samples().get(0);
        assertThat(wrong.before())
                .singleElement()
                .asString()
                .startsWith("Row[account=a-3, owner=owner of a-3, amount=99, credits=[100, 50], marked=null, ");
        assertThat(wrong.after())
                .singleElement()
                .asString()
                .startsWith("Row[account=a-3, owner=owner of a-3, amount=1.50, credits=[100, 50], marked=null, ");
        assertThat(result.samples().get(1).before()).isEmpty();
        assertThat(result.samples().get(2).after()).isEmpty();
    }

    @Test
    void everything_is_mended_when_everything_is_asked_for() {
        build();
        plantWrongRows();
        RebuildResult result = rebuild(new RebuildTarget.All());
        assertThat(result.target()).isEqualTo("everything");
        assertThat(result.inserted() + result.changed() + result.deleted()).isEqualTo(3);
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(rebuild(new RebuildTarget.All()).same()).isEqualTo(12);
    }

    @Test
    void rows_are_chosen_by_conditions_on_their_columns() {
        build();
        plantWrongRows();
        assertThat(rebuild(new RebuildTarget.Where(List.of("amount>=98.50"))).changed())
                .isEqualTo(1);
        assertThat(amount("a-3")).isEqualTo("1.50");
        assertThat(dryRun(new RebuildTarget.Where(List.of("amount = 1.5", "account!=a-4", "account<a-6")))
                        .homes())
                .isEqualTo(7);
        assertThat(dryRun(new RebuildTarget.Where(List.of("touched>2026-01-01T00:00:00Z")))
                        .homes())
                .isEqualTo(1);
        RebuildResult stranger = rebuild(new RebuildTarget.Where(List.of("owner=nobody")));
        assertThat(stranger.target()).isEqualTo("rows with owner=nobody");
        assertThat(stranger.deleted()).isEqualTo(1);
        assertThat(dryRun(new RebuildTarget.Where(List.of("owner=' or true --")))
                        .homes())
                .isZero();
    }

    @Test
    void a_condition_that_fits_no_column_is_refused() {
        build();
        Map<String, String> messages = Map.of(
                "status",
                "Filter 'status' must be a column, one of = != < <= > >= and a value, such as status=SHIPPED; correct it",
                "1=1;drop",
                "Filter '1=1;drop' must be a column, one of = != < <= > >= and a value, such as status=SHIPPED; correct it",
                "amount<>1",
                "Filter 'amount<>1' compares 'amount' with '>1' but must with a number such as 12.50; correct the value",
                "colour=red",
                "Filter 'colour=red' names 'colour' but the columns are account, owner, amount, credits, marked, touched; name one of these",
                "credits=[100]",
                "Filter 'credits=[100]' names 'credits', which is stored as JSON and cannot be compared with a value; name another column",
                "amount=much",
                "Filter 'amount=much' compares 'amount' with 'much' but must with a number such as 12.50; correct the value",
                "touched>2026",
                "Filter 'touched>2026' compares 'touched' with '2026' but must with a time such as 2004-01-01T00:00:00Z; correct the value");
        messages.forEach((filter, message) ->
                refuses("invalid-filter", message, new RebuildTarget.Where(List.of("account=a-1", filter))));
    }

    @Test
    void the_differing_rows_of_a_comparison_are_mended() {
        build();
        plantWrongRows();
        RebuildResult result = rebuild(new RebuildTarget.DifferingFrom(V1));
        assertThat(result.homes()).isEqualTo(3);
        assertThat(result.target()).isEqualTo("rows that differ from balance@1");
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        refuses(
                "not-comparable",
                "'balance@2' and 'balance@2' cannot be compared: a comparison needs two versions of one view; name two such",
                new RebuildTarget.DifferingFrom(V2));
    }

    @Test
    void the_homes_that_an_aggregate_touches_are_mended() {
        build();
        plantWrongRows();
        RebuildResult result = rebuild(new RebuildTarget.Aggregate("Account", "transfer-3"));
        assertThat(result.homes()).isEqualTo(1);
        assertThat(amount("a-3")).isEqualTo("1.50");
        assertThat(amount("a-7")).isNull();
        refuses(
                "unknown-aggregate",
                "There is no event of aggregate 'transfer-3' of type 'Order'; write type and identifier as they are stored",
                new RebuildTarget.Aggregate("Order", "transfer-3"));
    }

    @Test
    void the_homes_that_a_stretch_of_the_store_touches_are_mended() {
        build();
        plantWrongRows();
        long first = Long.parseLong(
                database.value("select min(global_index) from domain_event_entry where aggregate_identifier = 'a-6'"));
        RebuildResult result = rebuild(new RebuildTarget.Positions(first, first + 5));
        assertThat(result.homes()).isEqualTo(2);
        assertThat(amount("a-7")).isEqualTo("1.50");
        assertThat(amount("a-3")).isEqualTo("99");
        assertThat(rebuild(new RebuildTarget.Positions(1_000_000, 2_000_000)).homes())
                .isZero();
    }

    @Test
    void a_version_that_is_not_complete_is_refused() {
        refuses(
                "not-built",
                "Version 'balance@2' has not been built, and only a complete version can be rebuilt in part; declare a changeover to it and run its backfill",
                new RebuildTarget.All());
        build();
        database.run("update changeover.view_version set state = 'BACKFILLING' where version = 2");
        refuses(
                "still-building",
                "Version 'balance@2' is being built from history, and until that is done its rows belong to the backfill; wait until it is live, or abort the changeover",
                new RebuildTarget.All());
        database.run("update changeover.view_version set state = 'FAILED' where version = 2");
        refuses(
                "still-building",
                "The backfill of 'balance@2' has stopped before its end, and until it is done its rows belong to it; mend what stopped it and ask for the backfill again, or abort the changeover",
                new RebuildTarget.All());
    }

    @Test
    void a_fold_that_still_throws_leaves_its_letters_parked_and_a_mended_one_releases_them() {
        build();
        LedgerDomain.BROKEN.add("a-2");
        ledger.credited("a-2", 7);
        ledger.credited("a-2", 8);
        caughtUp();
        assertThat(amount("a-2")).isEqualTo("1.50");
        LedgerDomain.BROKEN.clear();
        LedgerDomain.BROKEN.add("a-2");

        RebuildResult tooEarly = rebuild(new RebuildTarget.Homes(List.of("a-2")));
        // The fold is broken for all credits of the account now, so that only its opening is left.
        assertThat(tooEarly.stillParked()).isEqualTo(4);
        assertThat(tooEarly.failure())
                .isEqualTo("the fold of 'Credited' threw java.lang.IllegalStateException: account a-2 is broken");
        assertThat(amount("a-2")).isEqualTo("0");
        assertThat(node.operations().deadLetters(V2))
                .extracting(DeadLetter::attempts)
                .containsExactly(1, 1, 2, 1);

        LedgerDomain.BROKEN.clear();
        RebuildResult mended = rebuild(new RebuildTarget.Homes(List.of("a-2")));
        assertThat(mended.released()).isEqualTo(4);
        assertThat(mended.stillParked()).isZero();
        assertThat(node.operations().deadLetters(V2)).isEmpty();
        assertThat(amount("a-2")).isEqualTo("1.65");
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_rebuild_in_which_too_many_events_fail_is_given_up() {
        build();
        for (int i = 0; i < 12; i++) {
            LedgerDomain.BROKEN.add("a-" + i);
        }
        String before = database.value(ROWS);
        assertThatExceptionOfType(HopelessRebuildException.class)
                .isThrownBy(() -> node.get(Projections.class)
                        .homeRebuild(V2, new HomeRebuildOptions(100, 1, 5, 0))
                        .run(List.of("a-1", "a-2", "a-3", "a-4")))
                .withMessage(
                        "More than 5 events of 'balance@2' fail when they are folded again, the last because waits behind an earlier event of the same home; mend the fold, then ask again: the homes of this group are as they were");
        assertThat(database.value(ROWS)).isEqualTo(before);
    }

    @Test
    void a_home_whose_new_row_the_database_refuses_stays_as_it_was() {
        build();
        ledger.marked("a-1", "+400000-01-01T00:00:00Z");
        ledger.credited("a-1", 6);
        caughtUp();
        assertThat(node.operations().deadLetters(V2)).hasSize(2);
        plantWrongRows();
        RebuildResult result = rebuild(new RebuildTarget.Homes(List.of("a-1", "a-3")));
        assertThat(result.untouched()).containsOnlyKeys("a-1");
        assertThat(result.untouched().get("a-1")).startsWith("the database refuses the row: ");
        assertThat(amount("a-1")).isEqualTo("1.50");
        assertThat(amount("a-3")).isEqualTo("1.50");
        assertThat(node.operations().deadLetters(V2)).hasSize(2);
    }

    @Test
    void an_event_that_can_be_read_now_brings_the_homes_that_it_touches_with_it() {
        node.close();
        node = LedgerNode.start(database, Map.of());
        build();
        assertThat(node.operations().deadLetters(V2)).hasSize(12);
        assertThat(amount("a-4")).isEqualTo("1.00");

        node.close();
        node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class);
        caughtUp();
        RebuildResult result = rebuild(new RebuildTarget.Homes(List.of("transfer-4")));
        assertThat(result.homes()).isEqualTo(2);
        assertThat(result.released()).isEqualTo(1);
        assertThat(amount("a-4")).isEqualTo("1.50");
        HomeRebuildResult rest = node.get(Projections.class)
                .homeRebuild(V2, new HomeRebuildOptions(2, 1, 100, 3))
                .run(List.of("transfer-0", "transfer-1", "transfer-9", "a-9"));
        assertThat(rest.homes()).isEqualTo(6);
        assertThat(rest.released()).isEqualTo(3);
        assertThat(node.operations().deadLetters(V2)).hasSize(8);
    }

    @Test
    void a_letter_waits_on_while_one_of_the_homes_that_its_event_touches_cannot_be_rebuilt() {
        node.close();
        node = LedgerNode.start(database, Map.of());
        build();
        ledger.marked("a-4", "+400000-01-01T00:00:00Z");
        caughtUp();
        assertThat(node.operations().deadLetters(V2)).hasSize(13);
        node.close();
        node = LedgerNode.start(database, Map.of(), LedgerDomain.WithStep.class);
        caughtUp();

        RebuildResult result = rebuild(new RebuildTarget.Homes(List.of("transfer-4")));
        assertThat(result.untouched()).containsOnlyKeys("a-4");
        assertThat(result.released()).isZero();
        assertThat(amount("a-4")).isEqualTo("1.00");
        assertThat(node.operations().deadLetters(V2)).hasSize(13);
    }

    @Test
    void rebuilding_beside_live_writes_loses_nothing_and_doubles_nothing() throws InterruptedException {
        build();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = List.of(writer(1, failures), writer(2, failures));
        writers.forEach(Thread::start);
        Random random = new Random(7);
        int rebuilds = 0;
        while (writers.stream().anyMatch(Thread::isAlive) || rebuilds < 5) {
            String account = "a-" + random.nextInt(12);
            database.run("update views.balance_v2 set amount = amount + 1000 where account = '%s'".formatted(account));
            node.get(Projections.class)
                    .homeRebuild(V2, new HomeRebuildOptions(5, 1 + random.nextInt(50), 1_000, 1))
                    .run(List.of(account, "a-" + random.nextInt(12)));
            rebuilds++;
            if (rebuilds % 10 == 0) {
                rebuild(new RebuildTarget.All());
            }
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        caughtUp();
        assertThat(node.operations().deadLetters(V2)).isEmpty();
        assertThat(verdict()).isEqualTo(Verdict.EQUAL);
        // An independent fold of the same events, in SQL.
        assertThat(
                        database.value(
                                """
                                with credits as (
                                    select convert_from(payload, 'UTF8')::jsonb as payload from domain_event_entry
                                    where payload_type = 'account.credited'),
                                expected as (
                                    select coalesce(payload ->> 'account', payload ->> 'acc') as account,
                                        sum(coalesce((payload ->> 'cents')::bigint, (payload ->> 'amount')::bigint)) as cents,
                                        count(*) as credits
                                    from credits group by 1)
                                select count(*) from expected full join views.balance_v2 found using (account)
                                where found.amount * 100 is distinct from expected.cents
                                    or jsonb_array_length(found.credits) is distinct from expected.credits
                                """))
                .isEqualTo("0");
        RebuildResult last = rebuild(new RebuildTarget.All());
        assertThat(last.same()).isEqualTo(12);
    }

    private Thread writer(long seed, List<Throwable> failures) {
        return new Thread(() -> {
            Random random = new Random(seed);
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < 800; i++) {
                    String account = "a-" + random.nextInt(12);
                    ledger.append(
                            connection,
                            "tx-" + seed + "-" + i,
                            "account.credited",
                            i % 2 == 0 ? "2" : "1",
                            i % 2 == 0
                                    ? "{\"account\":\"%s\",\"cents\":%d}".formatted(account, random.nextInt(1_000))
                                    : "{\"acc\":\"%s\",\"amount\":%d}".formatted(account, random.nextInt(1_000)));
                    if (random.nextInt(10) == 0) {
                        connection.rollback();
                    } else if (random.nextInt(3) > 0) {
                        connection.commit();
                    }
                }
                connection.commit();
            } catch (Throwable e) {
                synchronized (failures) {
                    failures.add(e);
                }
            }
        });
    }
}
