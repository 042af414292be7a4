package io.changeover.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.fallback.ShelfDomain.Shelves;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.serving.Guard;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbacksOfANodeTest {

    private static final Request ANN = Request.by("ann");
    private static final int BOOKS = 20;

    private final TestDatabase database = TestDatabase.withStore();

    @BeforeEach
    void mend() {
        ShelfDomain.broken = false;
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode start(String name, Map<String, String> settings, Class<?>... more) {
        Map<String, String> all = new TreeMap<>();
        all.put("changeover.node-id", name);
        all.put("changeover.fallback.flush-interval", "50ms");
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.put("spring.flyway.enabled", "false");
        all.putAll(settings);
        Class<?>[] configurations = new Class<?>[more.length + 1];
        configurations[0] = ShelfDomain.Known.class;
        System.arraycopy(more, 0, configurations, 1, more.length);
        return TestNode.start(database, all, configurations);
    }

    /** Moves all readers to version 2. */
    private void shifted(TestNode node) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select 'b-' || i, 0, 'Book', gen_random_uuid(), '{}',
                    convert_to('{"isbn":"b-' || i || '","shelf":"s-' || i || '"}', 'UTF8'), '1', 'book.shelved',
                    '2026-01-01T00:00:00Z'
                from generate_series(1, %d) i"""
                        .formatted(BOOKS));
        node.operations().declare("shelf", 2, ANN);
        node.backfill("shelf");
        node.awaitCaughtUp("shelf@1");
        node.awaitCaughtUp("shelf@2");
        node.operations().verify("shelf", ANN);
        node.operations().shift("shelf", 100, ANN);
    }

    private static void readAll(TestNode node) {
        for (int i = 1; i <= BOOKS; i++) {
            assertThat(node.get(Shelves.class).shelfOf("b-" + i)).isEqualTo("s-" + i);
        }
    }

    private static FallbackReport report(TestNode node) {
        return node.get(FallbackOperations.class).fallbacks("shelf");
    }

    @Test
    void readers_of_a_version_that_fails_are_answered_and_the_figures_outlive_the_node() {
        Map<String, String> settings = Map.of("changeover.fallback.open-for", "1h");
        FallbackReport before;
        try (TestNode node = start("first", settings)) {
            shifted(node);
            assertThat(report(node).breaker()).isEqualTo("unused");
            readAll(node);
            ShelfDomain.broken = true;
            for (int round = 0; round < 5; round++) {
                readAll(node);
            }
            before = report(node);
            assertThat(before.version()).isEqualTo("shelf@2");
            assertThat(before.fallback()).isEqualTo("shelf@1");
            assertThat(before.guarded()).isTrue();
            assertThat(before.node()).isEqualTo("first");
            assertThat(before.breaker()).isEqualTo("open");
            assertThat(before.workers()).isEqualTo(8); // two fewer than the pool has connections
            assertThat(before.calls()).isEqualTo(new FallbackCounts(20, 20, 0, 0, 80, 0, 0));
            assertThat(before.budget()).isEqualTo(new FallbackBudget(0.001, 120, 0, 100, -100, true));
            assertThat(before.latency()).isNotNull();
            assertThat(before.latency().answers()).isEqualTo(20);
            assertThat(before.failures()).hasSize(10).allSatisfy(failure -> {
                assertThat(failure.method()).isEqualTo("shelfOf");
                assertThat(failure.outcome()).isEqualTo("failed");
                assertThat(failure.kind()).isEqualTo("org.springframework.jdbc.BadSqlGrammarException");
                assertThat(failure.cause()).isEqualTo("org.postgresql.util.PSQLException");
                assertThat(failure.sqlState()).isEqualTo("42703");
            });
            MeterRegistry registry = new SimpleMeterRegistry();
            node.all(MeterBinder.class).forEach(binder -> binder.bindTo(registry));
            assertThat(calls(registry, "failed")).isEqualTo(20);
            assertThat(calls(registry, "shed")).isEqualTo(80);
            assertThat(gauge(registry, "changeover.fallback.breaker")).isEqualTo(2);
            TestNode.await(() -> gauge(registry, "changeover.fallback.budget.left") == -100);
        }
        try (TestNode again = start("first", settings);
                TestNode other = start("second", settings)) {
            FallbackReport after = report(again);
            assertThat(after.calls()).isEqualTo(before.calls());
            assertThat(after.breaker()).isEqualTo("unused");
            ShelfDomain.broken = false;
            readAll(again);
            readAll(other);
            TestNode.await(() -> report(again).calls().answered() == 60
                    && report(other).calls().answered() == 60);
            assertThat(report(other).calls()).isEqualTo(new FallbackCounts(60, 20, 0, 0, 80, 0, 0));

            again.operations().rollBack("shelf", ANN);
            ShelfDomain.broken = true;
            readAll(again);
            assertThat(report(again).calls().failed()).isEqualTo(20);
        }
    }

    private static double calls(MeterRegistry registry, String outcome) {
        return registry.get("changeover.fallback.calls")
                .tags("view", "shelf", "version", "2", "outcome", outcome)
                .functionCounter()
                .count();
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).tags("view", "shelf", "version", "2").gauge().value();
    }

    @Test
    void readers_of_a_version_that_hangs_in_the_database_are_answered_until_it_answers_again() throws Exception {
        Map<String, String> settings = Map.of(
                "changeover.serving.time-limit", "50ms",
                "changeover.fallback.workers", "2",
                "changeover.fallback.open-for", "10ms");
        try (TestNode node = start("first", settings)) {
            shifted(node);
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table views.shelf_v2 in access exclusive mode");
                long answered = report(node).calls().answered();
                readAll(node);
                readAll(node);
                FallbackReport report = report(node);
                assertThat(report.calls().answered()).isEqualTo(answered).isZero();
                assertThat(report.calls().timedOut()).isPositive();
                assertThat(report.calls().timedOut()
                                + report.calls().busy()
                                + report.calls().shed())
                        .isEqualTo(2 * BOOKS);
                assertThat(report.budget().exceeded()).isTrue();
                assertThat(report.failures().get(0).outcome()).isEqualTo("timed-out");
                assertThat(report.working()).isLessThanOrEqualTo(2);
                connection.rollback();
            }
            TestNode.await(() -> {
                readAll(node);
                return report(node).calls().answered() > 0;
            });
        }
    }

    @Test
    void a_transaction_of_the_caller_goes_on_after_the_new_version_has_failed_in_it() {
        try (TestNode node = start("first", Map.of())) {
            shifted(node);
            database.run("create table public.note (text text)");
            ShelfDomain.broken = true;
            int asked = ShelfDomain.ASKED.get();
            String shelf = node.get(TransactionTemplate.class).execute(status -> {
                node.get(JdbcTemplate.class).update("insert into public.note values ('before')");
                String answer = node.get(Shelves.class).shelfOf("b-1");
                node.get(JdbcTemplate.class).update("insert into public.note values ('after')");
                return answer;
            });
            assertThat(shelf).isEqualTo("s-1");
            assertThat(ShelfDomain.ASKED).hasValue(asked + 1);
            assertThat(database.value("select string_agg(text, ' ' order by text) from public.note"))
                    .isEqualTo("after before");

            ShelfDomain.broken = false;
            assertThat(node.get(TransactionTemplate.class)
                            .<String>execute(status -> node.get(Shelves.class).shelfOf("b-2")))
                    .isEqualTo("s-2");
            assertThat(report(node).calls()).isEqualTo(new FallbackCounts(1, 1, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void what_neither_version_answers_reaches_the_reader_and_is_not_held_against_the_new_one() {
        try (TestNode node = start("first", Map.of())) {
            shifted(node);
            assertThatExceptionOfType(EmptyResultDataAccessException.class)
                    .isThrownBy(() -> node.get(Shelves.class).shelfOf("none"));
            assertThat(report(node).calls()).isEqualTo(new FallbackCounts(0, 0, 0, 0, 0, 1, 0));
            assertThat(report(node).budget().exceeded()).isFalse();
        }
    }

    @Test
    void without_a_changeover_and_without_our_guard_it_is_said_why_there_is_no_report() {
        try (TestNode node = start("first", Map.of())) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> report(node))
                    .withMessage("View 'shelf' has had no changeover, so no call could fall back; declare one first");
        }
        try (TestNode node = start("first", Map.of("changeover.fallback.enabled", "false"))) {
            assertThat(node.all(Guard.class)).isEmpty();
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> report(node))
                    .withMessage(
                            "Fallbacks of view 'shelf' are not counted, because changeover.fallback.enabled is false on this node or the application has a guard of its own; set it to true, or ask that guard");
        }
    }
}
