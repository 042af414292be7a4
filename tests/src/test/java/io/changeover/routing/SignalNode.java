package io.changeover.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Request;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.testkit.TestNode;
import java.util.Map;
import java.util.TreeMap;

/** Nodes with signals as their only domain. */
final class SignalNode {

    static final Request REQUEST = Request.by("test");

    private SignalNode() {}

    /** Settings of a node on which neither a slow machine nor a shadow changes who answers. */
    static Map<String, String> settings(String name) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("changeover.node-id", name);
        settings.put("changeover.serving.time-limit", "0s");
        settings.put("changeover.serving.shadow-share", "0");
        settings.put("changeover.serving.acknowledgement-wait", "60s");
        settings.put("spring.flyway.enabled", "false");
        settings.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        return settings;
    }

    /** Opens a changeover to the second version, and brings it to where readers can be moved. */
    static void prepare(TestNode node) {
        node.operations().declare(SignalDomain.VIEW, 2, REQUEST);
        node.backfill(SignalDomain.VIEW);
        assertThat(node.operations().verify(SignalDomain.VIEW, REQUEST).verdict())
                .isEqualTo(Verdict.EQUAL);
    }
}
