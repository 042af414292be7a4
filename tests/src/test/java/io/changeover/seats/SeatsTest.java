package io.changeover.seats;

import io.changeover.explain.Explanation;
import io.changeover.operation.Request;
import io.changeover.operation.RowOperations;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node with shows and seats in both versions, live. */
abstract class SeatsTest {

    static final VersionId V1 = VersionId.parse("seat-plan@1");
    static final VersionId V2 = VersionId.parse("seat-plan@2");
    static final Request ANN = new Request("ann", "a row was wrong");

    final TestDatabase database = TestDatabase.withStore();
    final SeatsStore store = new SeatsStore(database);
    TestNode node;

    @BeforeEach
    void start() {
        SeatsDomain.WRONG.clear();
        SeatsDomain.BROKEN.clear();
        database.run("create table seat_list (show text, seat int, guest text, cents bigint, day text)");
        restart();
    }

    void restart() {
        node = TestNode.start(
                database,
                Map.of(
                        "spring.autoconfigure.exclude",
                        "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                + TestNode.WITHOUT_JPA,
                        "changeover.node-id",
                        "seats-node",
                        "spring.flyway.enabled",
                        "false",
                        "changeover.live.batch-size",
                        "7",
                        "changeover.live.segments",
                        "2"),
                SeatsDomain.Known.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Builds version 2 of what is in the store. */
    void build() {
        node.operations().declare("seat-plan", 2, ANN);
        node.operations().startBackfill("seat-plan", ANN);
        caughtUp();
    }

    void caughtUp() {
        node.awaitCaughtUp("seat-plan@1");
        node.awaitCaughtUp("seat-plan@2");
    }

    RowOperations rows() {
        return node.get(RowOperations.class);
    }

    Explanation explain(String... key) {
        return rows().explain("seat-plan", List.of(key), null, null);
    }
}
