package io.changeover.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.changeover.ChangeoverCommand.RollBack;
import io.changeover.effects.BellDomain.Call;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FenceTest {

    private static final Request ANN = Request.by("ann");

    /** What the changeover's events say, told in SQL and without a word of the code that is tested. */
    private static final String GIVEN_TO_ANOTHER =
            """
            select count(*) from changeover.effect e where e.version <> coalesce((
                select case when c.payload_type in ('changeover.completed', 'changeover.reopened') then 2
                    when c.payload_type = 'changeover.reads-shifted'
                        and (convert_from(c.payload, 'UTF8')::json ->> 'percent')::int = 100 then 2
                    else 1 end
                from public.domain_event_entry c
                where c.type = 'Changeover' and c.global_index < e.position
                    and c.payload_type in ('changeover.completed', 'changeover.reopened', 'changeover.reads-shifted',
                        'changeover.rolled-back')
                order by c.global_index desc limit 1), 1)""";

    private final TestDatabase database = TestDatabase.withStore();

    @BeforeEach
    void forget() {
        BellDomain.reset();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static void verified(TestNode node) {
        node.operations().declare("bells", 2, ANN);
        node.backfill("bells");
        node.awaitCaughtUp("bells@1");
        node.awaitCaughtUp("bells@2");
        node.operations().verify("bells", ANN);
    }

    /** The versions that have rung for the presses of the bell, in the order of the presses. */
    private static List<Integer> rungBy(String bell) {
        return BellDomain.calls(bell).stream()
                .filter(call -> call.what().equals("ring"))
                .map(Call::version)
                .toList();
    }

    @Test
    void each_event_acts_once_and_in_the_version_that_acts_at_its_position() {
        BellDomain.press(database, "door", 1);
        try (TestNode node = BellNode.start(database, "node", Map.of())) {
            assertThat(node.get(EffectOperations.class).effects("bells").acting())
                    .isEqualTo("bells@1");
            BellDomain.press(database, "door", 2);
            verified(node);
            BellDomain.press(database, "door", 3);
            node.operations().shift("bells", 50, ANN);
            BellDomain.press(database, "door", 4);
            node.operations().shift("bells", 100, ANN);
            BellDomain.press(database, "door", 5);
            node.operations().shift("bells", 60, ANN);
            BellDomain.press(database, "door", 6);
            node.operations().shift("bells", 100, ANN);
            BellDomain.press(database, "door", 7);
            node.operations().rollBack("bells", ANN);
            BellDomain.press(database, "door", 8);
            node.awaitCaughtUp("bells@1");
            node.awaitCaughtUp("bells@2");
            node.operations().verify("bells", ANN);
            node.operations().shift("bells", 100, ANN);
            BellDomain.press(database, "door", 9);
            BellNode.complete(node, "bells", ANN);
            BellDomain.press(database, "door", 10);
            BellNode.awaitQuiet(database);

            // The first press is history, and the others act in their order, whatever the fence was behind.
            assertThat(rungBy("door")).containsExactly(1, 1, 1, 2, 1, 2, 1, 2, 2);
            assertThat(BellDomain.calls("door").stream()
                            .filter(call -> call.what().equals("ring"))
                            .map(call -> call.event().number()))
                    .containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(BellDomain.CALLS).extracting(Call::key).doesNotHaveDuplicates();
            assertThat(BellDomain.CALLS).extracting(Call::key).contains("bells/ring/door-5", "bells/light/door-5");
            // Version 1 has no effect of that name, so what it acts on causes none.
            assertThat(BellDomain.calls("door").stream()
                            .filter(call -> call.what().equals("note"))
                            .map(call -> call.event().number()))
                    .containsExactly(5, 7, 9, 10);
            assertThat(database.value(GIVEN_TO_ANOTHER)).isEqualTo("0");
            assertThat(node.get(EffectOperations.class).effects("bells")).satisfies(effects -> {
                assertThat(effects.acting()).isEqualTo("bells@2");
                assertThat(effects.behind()).isZero();
                assertThat(effects.counts().done()).isEqualTo(9 + 2 * 4);
                assertThat(effects.counts().pending()).isZero();
            });
        }
    }

    @Test
    void a_rollback_in_a_transaction_that_is_rolled_back_moves_nothing() {
        try (TestNode node = BellNode.start(database, "node", Map.of())) {
            verified(node);
            node.operations().shift("bells", 100, ANN);
            new TransactionTemplate(node.get(org.springframework.transaction.PlatformTransactionManager.class))
                    .executeWithoutResult(transaction -> {
                        node.get(CommandGateway.class).sendAndWait(new RollBack("bells", "ann", "never mind"));
                        assertThat(node.get(org.springframework.jdbc.core.JdbcTemplate.class)
                                        .queryForObject(
                                                "select count(*) from domain_event_entry where payload_type = 'changeover.rolled-back'",
                                                Long.class))
                                .isEqualTo(1);
                        transaction.setRollbackOnly();
                    });
            BellDomain.press(database, "door", 1);
            BellNode.awaitQuiet(database);
            assertThat(rungBy("door")).containsExactly(2);
            assertThat(database.value("select acting_version from changeover.fence"))
                    .isEqualTo("2");
        }
    }

    @Test
    void nothing_is_given_away_before_a_slow_transaction_below_it_has_ended() throws Exception {
        try (TestNode node = BellNode.start(database, "node", Map.of());
                var slow = database.dataSource().getConnection();
                var statement = slow.createStatement()) {
            assertThat(node.operations().view("bells").serving()).isEqualTo(1);
            slow.setAutoCommit(false);
            statement.execute(
                    """
                    insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                        meta_data, payload, payload_revision, payload_type, time_stamp)
                    values ('slow', 0, 'Bell', 'slow-1', '{}', convert_to('{"bell":"slow","number":1,"by":"Ada"}', 'UTF8'),
                        '1', 'bell.pressed', '2026-01-01T00:00:00Z')""");
            BellDomain.press(database, "door", 1);
            String fence = database.value("select position from changeover.fence");
            awaitLooks();
            assertThat(database.value("select position from changeover.fence")).isEqualTo(fence);
            assertThat(BellDomain.CALLS).isEmpty();
            slow.commit();
            BellNode.awaitQuiet(database);
            assertThat(BellDomain.CALLS)
                    .extracting(Call::key)
                    .containsExactlyInAnyOrder("bells/ring/slow-1", "bells/ring/door-1");
        }
    }

    /** Waits until the node has looked several times whether the fence can be moved. */
    private void awaitLooks() {
        String looks =
                "select coalesce(seq_scan, 0) + coalesce(idx_scan, 0) %s from pg_stat_user_tables where relname = 'fence'";
        long before = Long.parseLong(database.value(looks.formatted("")));
        TestNode.await(() -> "t".equals(database.value(looks.formatted(">= " + (before + 5)))));
    }

    @Test
    void two_nodes_under_flips_and_writes_never_give_one_event_to_two_versions_and_lose_none() throws Exception {
        Random random = new Random(20_261_128);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try (TestNode first = BellNode.start(database, "first", Map.of("changeover.effects.batch", "3"));
                TestNode second = BellNode.start(database, "second", Map.of("changeover.effects.batch", "2"))) {
            verified(first);
            assertThat(second.operations().view("bells").serving()).isEqualTo(1);
            List<Future<Integer>> written = new ArrayList<>();
            for (int writer = 0; writer < 2; writer++) {
                String name = "w" + writer;
                Random own = new Random(random.nextLong());
                written.add(writers.submit(() -> {
                    int number = 0;
                    while (writing.get() || number < 60) {
                        number++;
                        BellDomain.press(database, name + "-" + own.nextInt(5), number);
                        Thread.sleep(own.nextInt(10));
                    }
                    return number;
                }));
            }
            for (int flip = 0; flip < 24; flip++) {
                first.operations().shift("bells", flip % 2 == 0 ? 100 : 0, ANN);
                Thread.sleep(random.nextInt(20)); // so that flips meet events at other places in each round
            }
            writing.set(false);
            int events = 0;
            for (Future<Integer> count : written) {
                events += count.get();
            }
            BellNode.awaitQuiet(database);

            assertThat(database.value("select count(*) from changeover.effect where name = 'ring' and state = 'done'"))
                    .isEqualTo(Integer.toString(events));
            assertThat(database.value(GIVEN_TO_ANOTHER)).isEqualTo("0");
            assertThat(
                            database.value(
                                    "select count(*) from (select position from changeover.effect group by position having count(distinct version) > 1) twice"))
                    .isEqualTo("0");
            assertThat(BellDomain.CALLS).extracting(Call::key).doesNotHaveDuplicates();
            assertThat(BellDomain.CALLS.stream().filter(call -> call.what().equals("ring")))
                    .hasSize(events);
            assertThat(BellDomain.CALLS).extracting(Call::version).contains(1, 2);
        } finally {
            writing.set(false);
            writers.shutdownNow();
        }
    }
}
