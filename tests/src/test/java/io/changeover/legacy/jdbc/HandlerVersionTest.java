package io.changeover.legacy.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.legacy.savings.SavingsDomain.Opened;
import io.changeover.legacy.savings.SavingsNode;
import io.changeover.legacy.savings.SavingsStore;
import io.changeover.operation.DeadLetter;
import io.changeover.operation.Request;
import io.changeover.operation.RetryResult;
import io.changeover.operation.VersionStatus;
import io.changeover.parity.ParityReport;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.projection.HandlerRefusedException;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandlerVersionTest {

    private static final VersionId V1 = VersionId.parse("savings@1");
    private static final VersionId V2 = VersionId.parse("savings@2");
    private static final Request ANN = Request.by("ann");

    /** Gives the component to Axon by hand, beside the declaration. */
    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        @Autowired
        void configure(EventProcessingConfigurer processing, SavingsBoard board) {
            processing.registerEventHandler(axon -> board);
        }
    }

    private final TestDatabase database = TestDatabase.withStore();
    private final SavingsStore store = new SavingsStore(database);
    private @Nullable TestNode node;

    @BeforeEach
    void prepare() {
        SavingsBoard.BROKEN.clear();
        SavingsBoard.CUT_OFF.clear();
        SavingsBoard.CARELESS.clear();
        SavingsBoard.LETTERS.clear();
        database.run(SavingsBoard.TABLE);
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
        database.close();
    }

    private void start() {
        start(Map.of());
    }

    private void start(Map<String, String> settings) {
        node = SavingsNode.start(database, settings, SavingsV1.Known.class);
    }

    private void buildV2() {
        node.operations().declare("savings", 2, ANN);
        node.backfill("savings");
        caughtUp();
    }

    private void caughtUp() {
        node.awaitCaughtUp("savings@1");
        node.awaitCaughtUp("savings@2");
    }

    private ParityReport compare() {
        return node.operations().compare(V1, V2);
    }

    private List<DeadLetter> letters() {
        return node.operations().deadLetters(V1);
    }

    private VersionStatus status() {
        return node.operations().view("savings").versions().get(0);
    }

    private void history(int accounts, int deposits) {
        for (int i = 0; i < accounts; i++) {
            store.opened("a-" + i);
        }
        for (int k = 0; k < deposits; k++) {
            for (int i = 0; i < accounts; i++) {
                if (k % 2 == 0) {
                    store.depositedAsOfOld("a-" + i, 100 + k);
                } else {
                    store.deposited("a-" + i, 100 + k);
                }
            }
        }
    }

    @Test
    void history_and_live_events_reach_the_component_once_and_its_rows_equal_those_of_the_folds() {
        history(20, 5);
        store.closed("a-3");
        start(Map.of("changeover.handlers.batch-size", "7"));
        node.awaitCaughtUp("savings@1");
        buildV2();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(compare().rowsCompared()).isEqualTo(19);

        store.deposited("a-0", 7);
        store.opened("b-0");
        node.get(EventStore.class)
                .publish(new GenericDomainEventMessage<>("Savings", "b-1", 0, new Opened("b-1", "beatrice")));
        caughtUp();
        ParityReport live = compare();
        assertThat(live.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(live.rowsCompared()).isEqualTo(21);
        assertThat(letters()).isEmpty();
        assertThat(status().rows()).isEqualTo(21);
        // An independent sum of the same events, in SQL.
        assertThat(database.value("select sum(cents) from savings_board where account <> 'a-3'"))
                .isEqualTo(
                        database.value(
                                """
                                select sum(coalesce((convert_from(payload, 'UTF8')::jsonb ->> 'cents')::bigint,
                                    (convert_from(payload, 'UTF8')::jsonb ->> 'amount')::bigint))
                                from domain_event_entry
                                where payload_type = 'savings.deposited' and aggregate_identifier <> 'a-3'"""));
    }

    @Test
    void the_component_sees_what_axon_would_show_it_and_history_as_a_replay() {
        store.opened("a-1");
        store.deposited("a-1", 5);
        store.thanked("a-1");
        start(Map.of());
        node.awaitCaughtUp("savings@1");
        assertThat(database.value("select seen from savings_board")).isEqualTo("1 by t-7 in REPLAY");
        assertThat(database.value("select opened_at at time zone 'UTC' from savings_board"))
                .isEqualTo("2026-01-01 00:00:00");
        assertThat(SavingsBoard.LETTERS).isEmpty();

        store.deposited("a-1", 5);
        store.thanked("a-1");
        node.awaitCaughtUp("savings@1");
        assertThat(database.value("select seen from savings_board")).isEqualTo("3 by t-7 in REGULAR");
        assertThat(SavingsBoard.LETTERS).containsExactly("a-1");
    }

    @Test
    void a_handler_that_throws_parks_its_aggregate_and_is_seen_until_it_is_mended() {
        start();
        buildV2();
        SavingsBoard.BROKEN.add("a-2");
        store.opened("a-1");
        store.opened("a-2");
        store.deposited("a-2", 500);
        store.deposited("a-1", 700);
        store.deposited("a-2", 11);
        caughtUp();
        assertThat(letters()).extracting(DeadLetter::home).containsExactly("a-2", "a-2");
        assertThat(letters())
                .extracting(DeadLetter::cause)
                .containsExactly(
                        "the handler threw java.lang.IllegalStateException: account a-2 is broken",
                        "waits behind an earlier event of the same home");
        assertThat(status().deadLetters()).isEqualTo(2);
        assertThat(database.value("select cents from savings_board where account = 'a-1'"))
                .isEqualTo("700");
        assertThat(compare().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(compare().reason())
                .isEqualTo(
                        "no row differs, but 0 rows are still in flight and 1 homes are parked, so nothing is proven");

        assertThat(node.operations().retry(V1, "a-2"))
                .isEqualTo(new RetryResult(
                        "savings@1",
                        "a-2",
                        0,
                        2,
                        "the handler threw java.lang.IllegalStateException: account a-2 is broken"));
        assertThat(letters()).extracting(DeadLetter::attempts).containsExactly(2, 1);
        SavingsBoard.BROKEN.clear();
        assertThat(node.operations().retry(V1, "a-2")).isEqualTo(new RetryResult("savings@1", "a-2", 2, 0, null));
        assertThat(letters()).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThatThrownBy(() -> node.operations().retry(V1, "a-2"))
                .hasMessage(
                        "Home 'a-2' of 'savings@1' has no dead letters, and only parked events can be retried; list the dead letters to see which homes wait");
    }

    @Test
    void many_failures_in_one_batch_of_history_are_parked_and_all_else_is_applied_once() {
        history(40, 3);
        for (int i = 0; i < 40; i += 3) {
            SavingsBoard.BROKEN.add("a-" + i);
        }
        start(Map.of());
        node.awaitCaughtUp("savings@1");
        buildV2();
        assertThat(letters()).hasSize(14 * 3);
        ParityReport report = compare();
        assertThat(report.samples()).isEmpty();
        assertThat(report.rowsCompared()).isEqualTo(26);
        SavingsBoard.BROKEN.clear();
        letters().stream().map(DeadLetter::home).distinct().forEach(home -> node.operations()
                .retry(V1, home));
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(compare().rowsCompared()).isEqualTo(40);
    }

    @Test
    void a_statement_that_the_database_refuses_costs_only_its_own_event() {
        String tooLong = "a name that is much longer than thirty characters";
        store.opened("a-1");
        store.opened("a-2", tooLong);
        store.deposited("a-1", 5);
        store.deposited("a-2", 6);
        start(Map.of());
        node.awaitCaughtUp("savings@1");
        assertThat(letters()).extracting(DeadLetter::home).containsExactly("a-2", "a-2");
        assertThat(letters().get(0).cause()).contains("value too long for type character varying(30)");
        assertThat(database.value("select cents from savings_board where account = 'a-1'"))
                .isEqualTo("5");

        database.run("alter table savings_board alter owner type text");
        assertThat(node.operations().retry(V1, "a-2").applied()).isEqualTo(2);
        assertThat(database.value("select cents from savings_board where account = 'a-2'"))
                .isEqualTo("6");
    }

    @Test
    void a_failed_statement_that_the_component_swallows_is_not_lost() {
        SavingsBoard.CARELESS.add("a-2");
        store.opened("a-1");
        store.opened("a-2");
        store.deposited("a-2", 6);
        store.deposited("a-1", 5);
        start(Map.of());
        node.awaitCaughtUp("savings@1");
        assertThat(letters()).extracting(DeadLetter::home).containsExactly("a-2");
        assertThat(letters().get(0).cause()).startsWith("the transaction of the event could not be committed: ");
        assertThat(database.value("select cents from savings_board where account = 'a-1'"))
                .isEqualTo("5");
    }

    @Test
    void an_event_that_cannot_be_read_parks_its_aggregate() {
        start();
        buildV2();
        store.opened("a-1");
        store.append("a-1", "savings.deposited", "2", "{\"account\":\"a-1\",\"cen");
        store.deposited("a-1", 3);
        caughtUp();
        assertThat(letters()).hasSize(2);
        assertThat(letters().get(0).cause()).contains("(savings.deposited@2) cannot be read as today's class");
        assertThat(compare().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    }

    @Test
    void a_connection_that_dies_within_a_batch_parks_nothing_and_doubles_nothing() {
        history(10, 4);
        SavingsBoard.CUT_OFF.addAll(List.of("a-2", "a-7"));
        start(Map.of("changeover.handlers.claim-interval", "50ms"));
        node.awaitCaughtUp("savings@1");
        buildV2();
        assertThat(SavingsBoard.CUT_OFF).isEmpty();
        assertThat(letters()).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void a_node_that_stops_half_way_goes_on_there_when_it_starts_again() {
        history(30, 30);
        start(Map.of("changeover.handlers.batch-size", "3"));
        TestNode.await(() -> status().position() > 50);
        node.close();
        start();
        node.awaitCaughtUp("savings@1");
        buildV2();
        assertThat(letters()).isEmpty();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(compare().rowsCompared()).isEqualTo(30);
    }

    @Test
    void a_version_that_cannot_get_on_is_stuck_and_not_live() {
        start();
        buildV2();
        database.run(
                "create function refuse() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'no space left'; end $$",
                "create constraint trigger full_disk after insert on savings_board deferrable initially deferred for each row execute function refuse()");
        store.opened("a-1");
        TestNode.await(() -> status().state().equals("stuck"));
        assertThat(status().backfill().failure()).contains("no space left");
        node.operations().verify("savings", ANN);
        assertThatThrownBy(() -> node.operations().shift("savings", 10, ANN))
                .hasMessageContaining("version 1, the way back, does not follow live events; start it");
        assertThat(letters()).isEmpty();

        database.run("drop trigger full_disk on savings_board");
        caughtUp();
        assertThat(compare().verdict()).isEqualTo(Verdict.EQUAL);
    }

    @Test
    void axon_does_not_run_the_component_as_well() {
        start();
        assertThat(node.get(EventProcessingConfiguration.class).eventProcessors())
                .doesNotContainKey("savings-board");
    }

    @Test
    void a_component_that_is_given_to_axon_by_hand_is_refused() {
        assertThatThrownBy(() -> SavingsNode.start(database, Map.of(), SavingsV1.Known.class, ByHand.class))
                .hasRootCauseInstanceOf(HandlerRefusedException.class)
                .rootCause()
                .hasMessage(
                        "Component 'io.changeover.legacy.jdbc.SavingsBoard' is declared as 'savings@1' but Axon's processor 'savings-board' would run it too, and every event would reach it twice; remove the call of registerEventHandler that gives it to Axon, or the declaration");
    }

    @Test
    void tables_with_rows_in_them_are_not_built_from_the_first_event() {
        history(2, 1);
        database.run("insert into savings_board values ('a-0', 'somebody', 100, 1, '', now())");
        start();
        TestNode.await(() -> status().state().equals("failed"));
        assertThat(status().backfill().failure())
                .isEqualTo(
                        "The tables of component 'io.changeover.legacy.jdbc.SavingsBoard' have rows already, and building 'savings@1' from the first event would write them once more; empty the tables, or name in takesOver the processor of Axon that has maintained them");
        assertThat(database.value("select count(*) from savings_board where cents = 100"))
                .isEqualTo("1");
    }

    @Test
    void the_guide_shows_the_declaration_as_it_is_here() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/changeover/legacy/jdbc/SavingsV1.java"));
        String declaration = source.substring(
                        source.indexOf("// tag::declaration[]") + "// tag::declaration[]".length(),
                        source.indexOf("// end::declaration[]"))
                .strip();
        assertThat(Files.readString(Path.of("../docs/adoption.md"))).contains(declaration + "\n}\n");
    }
}
