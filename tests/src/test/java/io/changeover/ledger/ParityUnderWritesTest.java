package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Request;
import io.changeover.parity.Difference;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
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
class ParityUnderWritesTest {

    private static final VersionId V1 = VersionId.parse("balance@1");
    private static final VersionId V2 = VersionId.parse("balance@2");
    private static final int ACCOUNTS = 40;
    private static final int WRITES = 1_500;

    private final TestDatabase database = TestDatabase.withStore();
    private final LedgerStore ledger = new LedgerStore(database);
    private TestNode node;

    @BeforeEach
    void start() {
        LedgerDomain.BROKEN.clear();
        node = LedgerNode.start(
                database,
                Map.of(
                        "changeover.backfill.chunk-events", "37",
                        "changeover.backfill.checkpoint-size", "16KB",
                        "changeover.backfill.memory-budget", "1MB",
                        "changeover.live.batch-size", "7",
                        "changeover.live.segments", "2",
                        // so that it makes way for versions that are behind, as they are all the time here
                        "changeover.parity.lag", "0",
                        "changeover.parity.rest", "1"),
                LedgerDomain.WithStep.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Writers whose transactions overlap, roll back, and commit in another order than they took their positions. */
    private Thread writer(long seed, List<Throwable> failures) {
        return new Thread(() -> {
            Random random = new Random(seed);
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                for (int i = 0; i < WRITES; i++) {
                    String account = "a-" + seed + "-" + random.nextInt(ACCOUNTS / 2);
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

    @Test
    void a_backfill_beside_live_writes_misses_nothing_and_no_comparison_reports_a_false_difference()
            throws InterruptedException {
        for (int seed = 1; seed <= 2; seed++) {
            for (int i = 0; i < ACCOUNTS / 2; i++) {
                ledger.opened("a-" + seed + "-" + i);
            }
        }
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = List.of(writer(1, failures), writer(2, failures));
        writers.forEach(Thread::start);

        node.operations().declare("balance", 2, Request.by("ann"));
        node.backfill("balance");
        int comparisons = 0;
        while (writers.stream().anyMatch(Thread::isAlive) || comparisons < 5) {
            ParityReport report = node.operations().compare(V1, V2);
            assertThat(report.samples())
                    .as("seeds 1 and 2, comparison %d", comparisons)
                    .isEmpty();
            assertThat(report.verdict()).isNotEqualTo(Verdict.DIFFERENT);
            comparisons++;
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        ParityReport last = node.operations().compare(V1, V2);
        assertThat(last.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(last.rowsCompared()).isEqualTo(ACCOUNTS);
        // An independent fold of the same events, in SQL.
        String expected = database.value(
                """
                select sum(coalesce((convert_from(payload, 'UTF8')::jsonb ->> 'cents')::bigint,
                    (convert_from(payload, 'UTF8')::jsonb ->> 'amount')::bigint))
                from domain_event_entry where payload_type = 'account.credited'
                """);
        assertThat(database.value("select sum(cents) from views.balance_v1")).isEqualTo(expected);
        assertThat(database.value("select sum(amount * 100)::bigint from views.balance_v2"))
                .isEqualTo(expected);
    }

    @Test
    void a_planted_wrong_row_a_missing_one_and_a_strange_one_are_found_by_key_and_field() {
        for (int i = 0; i < 12; i++) {
            ledger.opened("a-" + i);
            ledger.credited("a-" + i, 100);
        }
        ledger.opened("gone");
        ledger.closed("gone");
        node.operations().declare("balance", 2, Request.by("ann"));
        node.backfill("balance");
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        assertThat(node.operations().compare(V1, V2).verdict()).isEqualTo(Verdict.EQUAL);

        database.run(
                "update views.balance_v2 set amount = 1.01 where account = 'a-3'",
                "delete from views.balance_v2 where account = 'a-7'",
                "insert into views.balance_v1 values ('a-4x', 'nobody', 0, 0, null, 1, 'by hand')");
        ParityReport report = node.operations().compare(V1, V2);
        assertThat(report.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(report.reason()).isEqualTo("1 rows differ, 2 are only in balance@1, 0 are only in balance@2");
        assertThat(report.differencesByField()).isEqualTo(Map.of("cents", 1L));
        assertThat(report.samples())
                .extracting(Difference::kind, Difference::key)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("cents", "a-3"),
                        org.assertj.core.groups.Tuple.tuple("missing", "a-7"),
                        org.assertj.core.groups.Tuple.tuple("missing", "a-4x"));
        assertThatNoRowIsTouched();
    }

    @Test
    void times_beyond_four_digits_of_a_year_and_before_christ_are_stored_alike_by_backfill_and_live() {
        for (String account : List.of("a-1", "a-2")) {
            ledger.opened(account);
        }
        ledger.marked("a-1", "+20000-02-03T04:05:06.000007Z");
        ledger.marked("a-2", "-0043-03-15T00:00:00Z");
        node.operations().declare("balance", 2, Request.by("ann"));
        node.backfill("balance");
        for (String account : List.of("b-1", "b-2")) {
            ledger.opened(account);
        }
        ledger.marked("b-1", "+20000-02-03T04:05:06.000007Z");
        ledger.marked("b-2", "-0043-03-15T00:00:00Z");
        node.awaitCaughtUp("balance@2");
        assertThat(node.operations().deadLetters(V2)).isEmpty();
        assertThat(
                        database.value(
                                "select string_agg((marked at time zone 'UTC')::text, ', ' order by account) from views.balance_v2"))
                .isEqualTo(
                        "20000-02-03 04:05:06.000007, 0044-03-15 00:00:00 BC, 20000-02-03 04:05:06.000007, 0044-03-15 00:00:00 BC");
    }

    private void assertThatNoRowIsTouched() {
        assertThat(database.value("select amount from views.balance_v2 where account = 'a-3'"))
                .isEqualTo("1.01");
    }
}
