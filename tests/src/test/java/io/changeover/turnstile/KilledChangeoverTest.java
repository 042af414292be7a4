package io.changeover.turnstile;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the node that carries a changeover, at the event of each of its transitions, before and after the commit, and
 * inside its phases, and lets it go on. A few times in CI; {@code mvn verify -Dchangeover.kills=200} for more.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KilledChangeoverTest {

    private static final System.Logger LOG = System.getLogger(KilledChangeoverTest.class.getName());
    private static final int KILLS = Integer.getInteger("changeover.kills", 2);
    private static final int KILLS_OF_A_CHANGEOVER = 8;
    private static final long SEED = Long.getLong("changeover.seed", 1);

    /** The transitions of a changeover that is not disturbed, in order; each of them happens once. */
    private static final List<String> TRANSITIONS = List.of(
            "changeover.declared",
            "changeover.plan-adopted",
            "changeover.prepared",
            "changeover.backfill-started",
            "changeover.backfill-completed",
            "changeover.caught-up",
            "changeover.way-back-proven",
            "changeover.reads-shifted",
            "changeover.reads-shifted",
            "changeover.reads-shifted",
            "changeover.soak-started",
            "changeover.completed");

    /** Steps that may be taken again after a kill, because repeating them harms nobody. */
    private static final List<String> REPEATABLE = List.of("changeover.parity-recorded", "changeover.flip-rehearsed");

    @TempDir
    Path folder;

    private int killed;

    @Test
    void killed_at_any_moment_it_ends_as_if_undisturbed_and_no_effect_is_lost_or_doubled() {
        Random random = new Random(SEED);
        for (int round = 0; killed < KILLS; round++) {
            try (TestDatabase database = TestDatabase.empty();
                    TestDatabase world = World.create()) {
                round(round, database, world, random);
            }
        }
    }

    private void round(int round, TestDatabase database, TestDatabase world, Random random) {
        List<String> told = new ArrayList<>(List.of("seed " + SEED + ", round " + round));
        try (NodeProcess node = NodeProcess.start(database, world, folder, "")) {
            TestNode.await(() -> isAlive(node) && isThere(database));
            if (random.nextBoolean()) {
                kill(node, told, "after the tables were made");
            }
        }
        try (Writer writer = new Writer(database, random.nextLong(), 200)) {
            int most = Math.min(KILLS_OF_A_CHANGEOVER, KILLS - killed) + killed;
            while (killed < most && !isCompleted(database)) {
                disturb(database, world, random, told);
            }
            try (NodeProcess node = NodeProcess.start(database, world, folder, "")) {
                awaitCompleted(database, node, String.join(", ", told));
                writer.awaitMore(30);
                writer.stop();
                assertThatItIsRight(database, world, writer, node, String.join(", ", told));
            }
        }
        LOG.log(System.Logger.Level.INFO, String.join(", ", told));
    }

    /** However slow the machine is, each step that is left comes in its time, and no other. */
    private static void awaitCompleted(TestDatabase database, NodeProcess node, String told) {
        // In this order, as it is never waited that the last of them be left.
        for (String from = phase(database); !isCompleted(database); from = phase(database)) {
            String left = from;
            assertThat(TRANSITIONS).as(told).startsWith(transitions(database).toArray(String[]::new));
            try {
                TestNode.await(() -> isAlive(node) && !phase(database).equals(left));
            } catch (AssertionError e) {
                throw new AssertionError(
                        "after %s it stays at %s; the autopilot: %s; tokens: %s; the node's last lines: %s"
                                .formatted(
                                        told,
                                        left,
                                        database.value("select json_agg(a) from changeover.autopilot a"),
                                        database.value(
                                                "select json_agg(json_build_array(processor_name, owner, timestamp, convert_from(token, 'UTF8'))) from token_entry"),
                                        last(node.output(), 4_000)),
                        e);
            }
        }
    }

    private static String last(String text, int length) {
        return text.substring(Math.max(0, text.length() - length));
    }

    private void disturb(TestDatabase database, TestDatabase world, Random random, List<String> told) {
        boolean boundary = random.nextInt(3) > 0;
        String event = next(database, random);
        String moment = random.nextBoolean() ? "before" : "after";
        try (NodeProcess node = NodeProcess.start(database, world, folder, boundary ? event + ":" + moment : "")) {
            if (boundary) {
                // Where the transition is over already, it cannot be the one at which the node ends.
                TestNode.await(() -> !node.isAlive() || isCompleted(database));
                if (!node.isAlive()) {
                    killed++;
                    told.add("%s the commit of %s".formatted(moment, event));
                }
            } else {
                String from = phase(database);
                TestNode.await(() -> isAlive(node) && (!phase(database).equals(from) || isCompleted(database)));
                LockSupport.parkNanos(random.nextInt(400_000_000)); // into the middle of whatever comes
                kill(node, told, "inside, behind " + phase(database));
            }
        }
    }

    private void kill(NodeProcess node, List<String> told, String where) {
        node.kill();
        killed++;
        told.add(where);
    }

    private static boolean isAlive(NodeProcess node) {
        assertThat(node.isAlive()).as(node::output).isTrue();
        return true;
    }

    /** One of the next transitions that have not happened. */
    private static String next(TestDatabase database, Random random) {
        int done = transitions(database).size();
        return TRANSITIONS.get(Math.min(TRANSITIONS.size() - 1, done + random.nextInt(3)));
    }

    private static List<String> transitions(TestDatabase database) {
        String all = isThere(database)
                ? database.value(
                        """
                        select string_agg(payload_type, ',' order by sequence_number) from domain_event_entry
                        where aggregate_identifier = 'changeover:visitors' and payload_type <> 'changeover.view-registered'
                        """)
                : null;
        return all == null
                ? List.of()
                : List.of(all.split(",")).stream()
                        .filter(name -> !REPEATABLE.contains(name))
                        .toList();
    }

    private static boolean isThere(TestDatabase database) {
        return "t".equals(database.value("select to_regclass('changeover.effect') is not null"))
                && "1".equals(database.value("select count(*) from changeover.fence"));
    }

    private static boolean isCompleted(TestDatabase database) {
        return transitions(database).contains("changeover.completed");
    }

    private static String phase(TestDatabase database) {
        List<String> transitions = transitions(database);
        return transitions.isEmpty() ? "nothing" : transitions.get(transitions.size() - 1) + " " + transitions.size();
    }

    private static long receipts(TestDatabase world) {
        return Long.parseLong(world.value("select count(distinct key) from receipt"));
    }

    private static void assertThatItIsRight(
            TestDatabase database, TestDatabase world, Writer writer, NodeProcess node, String told) {
        assertThat(transitions(database)).as(told).isEqualTo(TRANSITIONS);
        assertThat(database.value("select count(*) from domain_event_entry where type = 'Turnstile'"))
                .as(told)
                .isEqualTo(Long.toString(writer.committed()));
        for (int version = 1; version <= 2; version++) {
            String token =
                    "select coalesce(min((convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint), -1) >= (select max(global_index) from domain_event_entry where type = 'Turnstile') from token_entry where processor_name = 'visitors@%d'"
                            .formatted(version);
            TestNode.await(() -> isAlive(node) && "t".equals(database.value(token)));
        }
        // Each fold once more, in SQL, from the events that are there.
        String expected =
                """
                select coalesce(string_agg(visitor || '=' || passes || '/' || cents, ' ' order by visitor), '') from (
                    select payload ->> 'visitor' visitor, count(*) passes, sum((payload ->> 'cents')::bigint) cents
                    from (select convert_from(payload, 'UTF8')::json payload from domain_event_entry where type = 'Turnstile') e
                    group by 1) v
                """;
        assertThat(
                        database.value(
                                "select string_agg(visitor || '=' || passes || '/' || cents, ' ' order by visitor) from views.visitors_v1"))
                .as(told)
                .isEqualTo(database.value(expected));
        assertThat(
                        database.value(
                                """
                                select string_agg(visitor || '=' || json_array_length(payments::json) || '/' ||
                                    (select sum(p::bigint) from json_array_elements_text(payments::json) p), ' ' order by visitor)
                                from views.visitors_v2
                                """))
                .as(told)
                .isEqualTo(database.value(expected));
        assertThat(database.value("select count(*) from changeover.dead_letter"))
                .as(told)
                .isEqualTo("0");
        // The fence was there before the first pass, so that each pass has a receipt; however long that takes, it goes
        // on.
        for (long given = 0; given < writer.committed(); given = receipts(world)) {
            long before = given;
            TestNode.await(() -> isAlive(node) && receipts(world) > before);
        }
        assertThat(receipts(world)).as(told).isEqualTo(writer.committed());
        assertThat(
                        world.value(
                                "select count(*) from (select key from receipt group by key having count(distinct version) > 1) k"))
                .as(told)
                .isEqualTo("0");
        LOG.log(
                System.Logger.Level.INFO,
                "{0} passes, {1} receipts of version 1, {2} of version 2, {3} that came twice under their key",
                writer.committed(),
                world.value("select count(distinct key) from receipt where version = 1"),
                world.value("select count(distinct key) from receipt where version = 2"),
                world.value("select count(*) - count(distinct key) from receipt"));
    }
}
