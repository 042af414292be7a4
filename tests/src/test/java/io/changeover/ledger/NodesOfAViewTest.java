package io.changeover.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.changeover.changeover.Pin;
import io.changeover.operation.ChangeoverStatus;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RouteStatus;
import io.changeover.projection.Projections;
import io.changeover.serving.Nodes.Node;
import io.changeover.serving.Reader;
import io.changeover.serving.Router;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodesOfAViewTest {

    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();

    @AfterEach
    void drop() {
        database.close();
    }

    private TestNode start(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("changeover.node-id", name);
        return LedgerNode.start(database, all, LedgerDomain.WithStep.class);
    }

    private void verified(TestNode node) {
        new LedgerStore(database).openedMany(20);
        node.operations().declare("balance", 2, ANN);
        node.backfill("balance");
        node.awaitCaughtUp("balance@1");
        node.awaitCaughtUp("balance@2");
        node.operations().verify("balance", ANN);
    }

    private static Node node(TestNode asked, String name) {
        return asked.get(RouteOperations.class).nodes().stream()
                .filter(node -> node.node().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static OperationRefusedException refusal(TestNode node) {
        return catchThrowableOfType(
                OperationRefusedException.class, () -> node.operations().complete("balance", ANN));
    }

    @Test
    void a_version_that_one_node_built_is_followed_by_all_until_it_is_given_up() {
        VersionId built = VersionId.parse("balance@2");
        try (TestNode second = start("second", Map.of())) {
            try (TestNode first = start("first", Map.of())) {
                verified(first);
                TestNode.await(() -> second.get(Projections.class).live().contains(built));
            }
            // The one that built it is gone.
            new LedgerStore(database).opened("b-1");
            second.awaitCaughtUp("balance@2");
            try (TestNode third = start("third", Map.of())) {
                assertThat(third.get(Projections.class).live()).contains(built);
                var unused = third.operations().abort("balance", ANN);
                TestNode.await(() -> !second.get(Projections.class).live().contains(built));
                assertThat(second.get(Projections.class).live()).contains(VersionId.parse("balance@1"));
            }
        }
    }

    @Test
    void a_second_process_under_the_name_of_one_that_is_up_does_not_start() {
        try (TestNode first = start("first", Map.of())) {
            assertThatThrownBy(() -> start("first", Map.of()))
                    .rootCause()
                    .hasMessage(
                            "Another process on this database is up as node 'first', and two under one name would both apply what is claimed once; give this one a name of its own with changeover.node-id, or stop the other");
            assertThat(node(first, "first").state()).isEqualTo("up");
        }
        // One that has died was heard of a moment ago and is not heard of again.
        database.run("update changeover.node set stopped_at = null, seen_at = clock_timestamp() where node = 'first'");
        try (TestNode again = start("first", Map.of())) {
            assertThat(node(again, "first").state()).isEqualTo("up");
        }
    }

    @Test
    void a_shift_is_answered_when_all_nodes_that_are_up_go_by_it() {
        try (TestNode first = start("first", Map.of("changeover.serving.acknowledgement-wait", "1m"))) {
            verified(first);
            try (TestNode second = start("second", Map.of())) {
                for (int percent : new int[] {10, 100, 0, 50}) {
                    ChangeoverStatus shifted = first.operations().shift("balance", percent, ANN);
                    assertThat(shifted.acknowledgedBy()).containsExactly("first", "second");
                    assertThat(shifted.awaiting()).isEmpty();
                    assertThat(second.operations().changeover("balance").percent())
                            .isEqualTo(percent);
                }
                assertThat(node(first, "second").state()).isEqualTo("up");
                assertThat(node(first, "second").views())
                        .allSatisfy(view -> assertThat(view.latest()).isTrue());
            }
            assertThat(node(first, "second").state()).isEqualTo("stopped");
            ChangeoverStatus alone = first.operations().rollBack("balance", ANN);
            assertThat(alone.acknowledgedBy()).containsExactly("first");
            assertThat(alone.awaiting()).isEmpty();
        }
    }

    @Test
    void what_could_not_be_acknowledged_is_acknowledged_later() {
        try (TestNode first = start("first", Map.of("changeover.serving.acknowledgement-wait", "100ms"));
                TestNode second = start("second", Map.of())) {
            verified(first);
            awaitShift(first);
            database.run(
                    """
                    create function refuse() returns trigger language plpgsql as
                    $$ begin if new.node = 'second' then raise exception 'not now'; end if; return new; end $$""",
                    "create trigger refused before insert or update on changeover.node_acknowledgement for each row execute function refuse()");
            ChangeoverStatus shifted = first.operations().shift("balance", 50, ANN);
            assertThat(shifted.acknowledgedBy()).containsExactly("first");
            assertThat(shifted.awaiting()).containsExactly("second");

            database.run("drop trigger refused on changeover.node_acknowledgement");
            TestNode.await(() ->
                    first.operations().changeover("balance").acknowledgedBy().equals(List.of("first", "second")));
            assertThat(second.operations().changeover("balance").percent()).isEqualTo(50);
        }
    }

    @Test
    void nobody_moves_before_every_node_has_rehearsed_the_way_back() {
        try (TestNode first = start("first", Map.of("changeover.serving.acknowledgement-wait", "100ms"));
                TestNode second = start("second", Map.of())) {
            verified(first);
            assertThat(node(first, "second").state()).isEqualTo("up");
            database.run(
                    """
                    create function refuse() returns trigger language plpgsql as
                    $$ begin if new.node = 'second' then raise exception 'not now'; end if; return new; end $$""",
                    "create trigger refused before insert or update on changeover.node_acknowledgement for each row execute function refuse()");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> first.operations().shift("balance", 10, ANN))
                    .withMessage(
                            "The flip of view 'balance' is acknowledged by first and not by second, and the way back counts only when all nodes that are up can flip; wait for them, or look at what hinders them");
            assertThat(second.operations().changeover("balance").percent()).isZero();

            database.run("drop trigger refused on changeover.node_acknowledgement");
            TestNode.await(() ->
                    first.operations().changeover("balance").acknowledgedBy().equals(List.of("first", "second")));
            awaitShift(first);
            assertThat(first.operations().changeover("balance").wayBackProven()).isNotNull();
        }
    }

    /** Asks until the other node has acknowledged within the short time that is waited for it. */
    private static void awaitShift(TestNode node) {
        TestNode.await(() -> {
            try {
                return node.operations().shift("balance", 10, ANN).percent() == 10;
            } catch (OperationRefusedException e) {
                assertThat(e).hasMessageStartingWith("The flip of view 'balance' is acknowledged by first and not by");
                return false;
            }
        });
    }

    @Test
    void a_node_that_cannot_follow_refuses_readers_where_that_is_the_rule_until_it_can() throws Exception {
        Map<String, String> settings =
                Map.of("changeover.views.balance.cannot-follow", "refuse", "changeover.serving.patience", "300ms");
        try (TestNode node = start("first", settings)) {
            Router router = node.get(Router.class);
            TestNode.await(() -> router.suspension("balance").isEmpty());
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table public.domain_event_entry in access exclusive mode");
                TestNode.await(() -> router.suspension("balance").isPresent());
                assertThatExceptionOfType(OperationRefusedException.class)
                        .isThrownBy(() -> node.get(RouteOperations.class).route("balance", Reader.of("ann")))
                        .withMessageStartingWith("View 'balance' is not served by this node: it could not learn for ")
                        .withMessageEndingWith(
                                " s which version serves, and its setting is to refuse readers then; retry in a moment");
                connection.rollback();
            }
            TestNode.await(() -> router.suspension("balance").isEmpty());
            assertThat(node.get(RouteOperations.class)
                            .route("balance", Reader.of("ann"))
                            .version())
                    .isEqualTo("balance@1");
        }
    }

    @Test
    void a_tenant_that_is_pinned_comes_first_and_a_rollback_sends_it_back() {
        try (TestNode node = start("first", Map.of())) {
            verified(node);
            RouteOperations routes = node.get(RouteOperations.class);

            RouteStatus pinned = routes.pin("balance", new Pin(Pin.Kind.TENANT, "acme"), 2, ANN);
            assertThat(pinned.version()).isEqualTo("balance@2");
            assertThat(pinned.why()).isEqualTo("balance@2 answers, because tenant 'acme' is pinned to it");
            assertThat(pinned.pins()).containsExactly(Map.entry("tenant 'acme'", 2));
            assertThat(routes.route("balance", Reader.of("ann")).why())
                    .isEqualTo("balance@1 answers, because it serves every reader who is not pinned");

            node.operations().rollBack("balance", ANN);
            RouteStatus back = routes.route("balance", Reader.of(null).ofTenant("acme"));
            assertThat(back.version()).isEqualTo("balance@1");
            assertThat(back.pins()).isEmpty();
        }
    }

    @Test
    void a_version_that_a_node_serves_by_configuration_shows_everywhere_and_keeps_the_changeover_open() {
        try (TestNode node = start("first", Map.of())) {
            verified(node);
            node.operations().shift("balance", 100, ANN);
        }
        try (TestNode pinned = start(
                "first", Map.of("changeover.views.balance.serve", "1", "changeover.consumers.interval", "20ms"))) {
            RouteStatus route = pinned.get(RouteOperations.class).route("balance", Reader.of("ann"));
            assertThat(route.version()).isEqualTo("balance@1");
            assertThat(route.configured()).isEqualTo(1);
            assertThat(route.why())
                    .isEqualTo(
                            "balance@1 answers every reader of this node, because its configuration says changeover.views.balance.serve=1; that wins over the changeover");
            assertThat(node(pinned, "first").serves()).containsExactly(Map.entry("balance", 1));
            TestNode.await(() -> !refusal(pinned).rule().equals("readers-unknown"));
            assertThat(refusal(pinned))
                    .hasMessage(
                            "Version 1 of view 'balance' still answers readers of nodes whose configuration says so: first; take changeover.views.balance.serve out of their configuration and restart them first");
        }
    }
}
