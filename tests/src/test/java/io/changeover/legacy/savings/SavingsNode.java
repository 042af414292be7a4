package io.changeover.legacy.savings;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Starts nodes with savings accounts as their only domain. */
public final class SavingsNode {

    private SavingsNode() {}

    /** A node with JDBC only. */
    public static TestNode start(TestDatabase database, Map<String, String> settings, Class<?>... configurations) {
        return start(database, settings, "," + TestNode.WITHOUT_JPA, configurations);
    }

    /** A node with Spring Data JPA. */
    public static TestNode startWithJpa(
            TestDatabase database, Map<String, String> settings, Class<?>... configurations) {
        return start(database, settings, "", configurations);
    }

    private static TestNode start(
            TestDatabase database, Map<String, String> settings, String excluded, Class<?>... configurations) {
        Map<String, String> all = new TreeMap<>();
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration"
                        + excluded);
        all.put("changeover.node-id", "savings-node");
        all.put("spring.flyway.enabled", "false");
        all.putAll(settings);
        return TestNode.start(
                database,
                all,
                Stream.concat(Stream.of(SavingsDomain.Known.class), Arrays.stream(configurations))
                        .toArray(Class<?>[]::new));
    }
}
