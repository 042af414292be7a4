package io.changeover.ledger;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Starts nodes with the ledger as their only domain. */
public final class LedgerNode {

    private LedgerNode() {}

    /** Starts a node of that domain. */
    public static TestNode start(TestDatabase database, Map<String, String> settings, Class<?>... configurations) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.putIfAbsent("changeover.node-id", "ledger-node");
        all.put("spring.flyway.enabled", "false");
        return TestNode.start(
                database,
                all,
                Stream.concat(Stream.of(LedgerDomain.Known.class), Arrays.stream(configurations))
                        .toArray(Class<?>[]::new));
    }
}
