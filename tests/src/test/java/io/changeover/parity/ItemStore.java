package io.changeover.parity;

import io.changeover.backfill.Backfills;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Items in the tables of versions 1 to 5, put there by hand, since comparisons share no code with the writing of rows. */
final class ItemStore {

    static final VersionId V1 = VersionId.parse("item@1");
    static final VersionId V2 = VersionId.parse("item@2");
    static final VersionId V3 = VersionId.parse("item@3");

    private final TestDatabase database;

    ItemStore(TestDatabase database) {
        this.database = database;
    }

    static VersionId version(int number) {
        return VersionId.parse("item@" + number);
    }

    TestNode start(Map<String, String> settings, Class<?>... more) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.put("changeover.node-id", "item-node");
        Class<?>[] configurations = new Class<?>[more.length + 1];
        System.arraycopy(more, 0, configurations, 0, more.length);
        configurations[more.length] = ItemDomain.Known.class;
        TestNode node = TestNode.start(database, all, configurations);
        node.awaitState("item@1", "live");
        List<VersionId> others =
                IntStream.rangeClosed(2, 5).mapToObj(ItemStore::version).toList();
        node.get(Backfills.class).start(others).forEach(java.util.concurrent.CompletableFuture::join);
        return node;
    }

    /** Equal items in all versions: homes {@code i-1} and on, of one to three parts. */
    void fill(int rows) {
        String values =
                """
                select 'i-' || (n / 2), (n %% 2) + 1, 'Name ' || n, (n %% 1000) / 4.0, n * 1.5,
                    case when n %% 3 = 0 then 'note ' || n end, jsonb_build_array('a', 'b', n), 'owner ' || n, %s
                from generate_series(1, %d) n""";
        for (int version = 1; version <= 5; version++) {
            String cents = version == 2 ? "n * 10 / 100.0" : "n * 10";
            database.run("insert into views.item_v%d select v.*, 0, 'by hand' from (%s) v"
                    .formatted(version, values.formatted(cents, rows)));
            database.run("analyze views.item_v" + version);
        }
    }

    /** Changes rows of version 1 as it is told, and in no other. */
    void change(String... statements) {
        for (String statement : statements) {
            database.run(statement.replace("items", "views.item_v1"));
        }
    }
}
