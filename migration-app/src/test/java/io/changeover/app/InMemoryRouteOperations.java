package io.changeover.app;

import io.changeover.changeover.Pin;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RouteStatus;
import io.changeover.serving.Nodes;
import io.changeover.serving.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code order-board} is at 25 %, with one tenant pinned; other views are not served. */
public final class InMemoryRouteOperations implements RouteOperations {

    private static final Instant AT = Instant.parse("2026-03-10T12:00:00Z");

    /** Every request in order. */
    public final List<String> requests = new ArrayList<>();

    @Override
    public RouteStatus route(String view, Reader reader) {
        requests.add("route %s %s %s %s".formatted(view, reader.routingKey(), reader.tenant(), reader.principal()));
        if (!view.equals("order-board")) {
            throw new OperationRefusedException("not-served", "View '%s' is not served".formatted(view));
        }
        return new RouteStatus(
                view,
                "order-board@2",
                "cohort",
                "order-board@2 answers, because cohort 1448 is among the 2500 of 10000 cohorts that order-board@2 serves at 25 %",
                1448,
                25,
                Map.of("tenant 'acme'", 1),
                null,
                "order-board@1",
                "order-board@1",
                7,
                List.of("node-1"),
                List.of("node-2"));
    }

    @Override
    public RouteStatus pin(String view, Pin pin, int version, Request request) {
        requests.add("pin %s %s %d %s %s".formatted(view, pin, version, request.actor(), request.reason()));
        return route(view, Reader.of(null));
    }

    @Override
    public RouteStatus unpin(String view, Pin pin, Request request) {
        requests.add("unpin %s %s %s %s".formatted(view, pin, request.actor(), request.reason()));
        return route(view, Reader.of(null));
    }

    @Override
    public List<Nodes.Node> nodes() {
        return List.of(
                new Nodes.Node(
                        "node-1",
                        "up",
                        AT,
                        AT,
                        Map.of("order-board", 1),
                        List.of(
                                new Nodes.Acknowledgement("order-board", 7, 4711, true, AT),
                                new Nodes.Acknowledgement("sales-fact", 0, 12, true, AT))),
                new Nodes.Node("node-2", "silent", AT, AT, Map.of(), List.of()));
    }
}
