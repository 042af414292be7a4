package io.changeover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.routing.SignalDomain.SignalBoard;
import io.changeover.serving.Reader;
import io.changeover.serving.RouteExplanation;
import io.changeover.serving.Router;
import io.changeover.stream.StoreSchema;
import io.changeover.testkit.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatabaseRestartTest {

    private static final int ROUNDS = 4;
    private static final int READERS = 200;
    private static final int MOST_SHIFTS = 6;
    private static final long SEED = 20_260_601;

    @TempDir
    private Path folder;

    @Test
    void a_crash_of_the_database_amid_shifts_loses_none_that_was_answered_and_fails_no_read() throws Exception {
        Random random = new Random(SEED);
        List<Integer> shifts = new ArrayList<>();
        try (CrashingServer server = new CrashingServer(folder.resolve("data"))) {
            StoreSchema.migrate(server.dataSource());
            try (TestNode one = node(server, "one");
                    TestNode two = node(server, "two");
                    StickyReaders ofOne = new StickyReaders(one.get(SignalBoard.class), 1, READERS);
                    StickyReaders ofTwo = new StickyReaders(two.get(SignalBoard.class), 1, READERS)) {
                List<TestNode> nodes = List.of(one, two);
                SignalNode.prepare(one);
                for (int round = 0; round < ROUNDS; round++) {
                    int before = shifts.isEmpty() ? 0 : shifts.get(shifts.size() - 1);
                    Commander commander =
                            new Commander(nodes.get(random.nextInt(nodes.size())), before, random.nextLong());
                    commander.awaitAnswered(1 + random.nextInt(MOST_SHIFTS));

                    server.crash();

                    commander.awaitFailure();
                    shifts.addAll(commander.answered());
                    int last = shifts.get(shifts.size() - 1);
                    assertAnswersByOneOf(ofOne, last, commander.attempted());
                    assertAnswersByOneOf(ofTwo, last, commander.attempted());

                    server.restart();

                    List<Integer> stored = stored(server);
                    if (stored.size() > shifts.size()) {
                        shifts.add(commander.attempted()); // committed, and the answer was lost
                    }
                    assertThat(stored).as("round %d", round).isEqualTo(shifts);
                    for (TestNode node : nodes) {
                        awaitDatabase(node);
                        assertRoutesByLatest(server, node, stored.get(stored.size() - 1));
                    }
                }
                for (StickyReaders readers : List.of(ofOne, ofTwo)) {
                    readers.awaitRound();
                    assertThat(readers.moved()).containsExactly(readers.servedAt(shifts.get(shifts.size() - 1)));
                    readers.stop();
                    assertThat(readers.failures()).isEmpty();
                }
            }
        }
    }

    private static TestNode node(CrashingServer server, String name) {
        Map<String, String> settings = SignalNode.settings(name);
        settings.put("spring.datasource.hikari.connection-timeout", "1000"); // not to wait long for what is away
        return TestNode.start(server.url(), server.user(), "", settings, SignalDomain.Known.class);
    }

    /** While the database is away, readers go by what the node knew last. */
    private static void assertAnswersByOneOf(StickyReaders readers, int answered, int attempted) {
        readers.awaitRound();
        Set<String> moved = readers.moved().get(0);
        assertThat(moved).isIn(readers.servedAt(answered), readers.servedAt(attempted));
    }

    /** A pool that has failed to connect tries again only after a pause. */
    private static void awaitDatabase(TestNode node) {
        TestNode.await(() -> {
            try {
                return !node.operations().view(SignalDomain.VIEW).versions().isEmpty();
            } catch (RuntimeException stillAway) {
                return false;
            }
        });
    }

    private static void assertRoutesByLatest(CrashingServer server, TestNode node, int percent) {
        long sequence = Long.parseLong(server.texts(
                        "select max(sequence_number) from public.domain_event_entry where aggregate_identifier = 'changeover:signal-board'")
                .get(0));
        String acknowledged =
                "select node from changeover.node_acknowledgement where view = 'signal-board' and sequence = %d order by node"
                        .formatted(sequence);
        TestNode.await(() -> server.texts(acknowledged).equals(List.of("one", "two")));
        RouteExplanation route = node.get(Router.class).explain(SignalDomain.VIEW, Reader.of(null));
        assertThat(route.sequence()).isEqualTo(sequence);
        assertThat(route.state().open()).isNotNull().satisfies(open -> assertThat(open.percent())
                .isEqualTo(percent));
    }

    private static List<Integer> stored(CrashingServer server) {
        return server
                .texts(
                        """
                        select convert_from(payload, 'UTF8')::json ->> 'percent' from public.domain_event_entry
                        where aggregate_identifier = 'changeover:signal-board' and payload_type = 'changeover.reads-shifted'
                        order by sequence_number""")
                .stream()
                .map(Integer::valueOf)
                .toList();
    }
}
