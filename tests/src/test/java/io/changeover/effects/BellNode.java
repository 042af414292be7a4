package io.changeover.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.Map;
import java.util.TreeMap;

/** Starts nodes with the bells as their only domain. */
final class BellNode {

    private BellNode() {}

    static TestNode start(TestDatabase database, String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.put("changeover.node-id", name);
        all.put("spring.flyway.enabled", "false");
        all.put("changeover.effects.interval", "20ms");
        all.put("changeover.consumers.interval", "20ms");
        all.putIfAbsent("changeover.effects.pause", "1ms");
        all.putIfAbsent("changeover.effects.max-pause", "1ms");
        return TestNode.start(database, all, BellDomain.Known.class);
    }

    /** Completes the changeover once all nodes have told who reads. */
    static void complete(TestNode node, String view, Request request) {
        TestNode.await(() -> {
            try {
                node.operations().complete(view, request);
                return true;
            } catch (OperationRefusedException e) {
                assertThat(e).hasMessageStartingWith("It is not known yet who still reads");
                return false;
            }
        });
    }

    /** Waits until the fence has passed everything that is in the store, and nothing is left to be done. */
    static void awaitQuiet(TestDatabase database) {
        String head = database.value("select max(global_index) from public.domain_event_entry");
        TestNode.await(() -> "t"
                .equals(database.value(
                        "select (select position from changeover.fence where view = 'bells') >= %s and not exists (select from changeover.effect where state in ('pending', 'compensating'))"
                                .formatted(head))));
    }
}
