package io.changeover.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.changeover.operation.EventDescription;
import io.changeover.operation.EventOperations;
import io.changeover.operation.EventOperations.MinedSamples;
import io.changeover.operation.RollbackReport;
import io.changeover.operation.RollbackReport.Line;
import io.changeover.operation.RollbackReport.Way;
import io.changeover.sample.Sample;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EventOperationsTest {

    private TestDatabase database;
    private TestNode node;
    private EventOperations events;

    @BeforeAll
    void import_orders() {
        database = TestDatabase.empty();
        node = TestNode.start(database, Map.of("orders.import.enabled", "true"));
        events = node.get(EventOperations.class);
    }

    @AfterAll
    void stop() {
        node.close();
        database.close();
    }

    private static Line line(RollbackReport report, String event, String revision) {
        return report.lines().stream()
                .filter(line -> line.event().equals(event) && revision.equals(line.revision()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(1)
    void the_first_release_reads_its_own_events_as_they_are_and_later_ones_through_ways_down() {
        RollbackReport report = events.rollbackReport("release-1");

        assertThat(line(report, "order.placed", "1"))
                .isEqualTo(new Line("order.placed", "1", 58, Way.AS_IS, "order.placed@1", 0, null, null, List.of()));
        assertThat(line(report, "order.placed", "2"))
                .isEqualTo(
                        new Line(
                                "order.placed",
                                "2",
                                272,
                                Way.DOWN,
                                "order.placed@1",
                                0,
                                null,
                                null,
                                List.of(
                                        "where a given name begins that contains ', ' itself, or that follows on a family name that does")));
        assertThat(line(report, "order.shipped", "1").target()).isEqualTo("order.status-changed@1");
        assertThat(line(report, "payment.received", "3").loses()).hasSize(1);
        assertThat(report.not()).isZero();
        assertThat(report.asIs() + report.down())
                .isEqualTo(Long.parseLong(database.value("select count(*) from domain_event_entry")));
    }

    @Test
    @Order(2)
    void the_release_of_today_reads_everything_as_it_is() {
        RollbackReport report = events.rollbackReport("release-3");

        assertThat(report.down()).isZero();
        assertThat(report.not()).isZero();
        assertThat(report.lines()).extracting(Line::way).containsOnly(Way.AS_IS);
    }

    @Test
    @Order(3)
    void a_release_that_nobody_declares_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> events.rollbackReport("release-9"))
                .hasMessage(
                        "Release 'release-9' is not declared; the declared releases are: release-1, release-2, release-3");
    }

    @Test
    @Order(4)
    void the_catalogue_tells_who_owns_and_who_reads_an_event_and_what_of_it_is_sensitive() {
        EventDescription placed = events.event("order.placed");

        assertThat(placed.owner()).isEqualTo("sales team");
        assertThat(placed.compatibility()).isEqualTo("BACKWARD_TRANSITIVE");
        assertThat(placed.current()).isEqualTo("2");
        assertThat(placed.consumers())
                .containsExactly(new EventDescription.Reader("warehouse", "warehouse@steelwheels.example", "1"));
        assertThat(placed.revisions()).hasSize(2);
        assertThat(placed.revisions().get(0).events()).isEqualTo(58);
        assertThat(placed.revisions().get(0).leadsTo()).containsExactly("order.placed@2");
        assertThat(placed.revisions().get(1).leadsDownTo()).isEqualTo("order.placed@1");
        assertThat(placed.revisions().get(1).sensitive()).containsExactly("contact");
        assertThat(placed.revisions().get(1).schema()).isNotNull();
        assertThat(events.catalogue())
                .extracting(EventDescription::name)
                .contains("order.status-changed", "payment.received")
                .isSorted();
        assertThatThrownBy(() -> events.event("order.eaten"))
                .hasMessage(
                        "There is no event 'order.eaten' in any class, step or stored row; list the events to see their names");
    }

    @Test
    @Order(5)
    void mined_samples_cover_every_stored_revision_and_show_nobody() {
        MinedSamples mined = events.mineSamples();

        assertThat(mined.withheld()).isEmpty();
        assertThat(mined.samples())
                .extracting(sample -> sample.stored().key().toString())
                .contains(
                        "customer.registered@1",
                        "customer.registered@3",
                        "order.status-changed@1",
                        "payment.received@2");
        assertThat(mined.samples()).extracting(Sample::label).contains("smallest", "largest", "structure-1");
        assertThat(mined.samples())
                .filteredOn(sample -> sample.stored().name().equals("customer.registered"))
                .allSatisfy(sample -> assertThat(Long.parseLong(database.value(
                                "select count(*) from domain_event_entry where payload_type = 'customer.registered' and convert_from(payload, 'UTF8') like '%"
                                        + sample.stored()
                                                .payload()
                                                .path("phone")
                                                .asString() + "%'")))
                        .isZero());
        assertThat(events.mineSamples()).isEqualTo(mined);
    }

    @Test
    @Order(6)
    void an_amount_that_an_old_release_would_mistake_is_counted_with_its_reason() {
        database.run(
                """
                insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, meta_data,
                    payload, payload_revision, payload_type, time_stamp)
                values ('eu', 0, 'Payment', 'eu-1', '{}', convert_to('{"paymentId":"eu","customerId":"103","method":"CHECK","reference":"r","amount":{"minorUnits":5,"currency":"EUR"},"receivedOn":"2005-01-01"}', 'UTF8'),
                    '3', 'payment.received', '2026-01-01T00:00:00Z')""");

        RollbackReport report = events.rollbackReport("release-1");

        assertThat(report.not()).isEqualTo(1);
        assertThat(line(report, "payment.received", "3").refused()).isEqualTo(1);
        assertThat(line(report, "payment.received", "3").reason())
                .isEqualTo(
                        "field 'amount': currency 'EUR' cannot be told to readers of the earlier revision, who take every amount for USD; move them to the later revision first");
        assertThat(line(report, "payment.received", "3").firstRefused())
                .isEqualTo(Long.parseLong(database.value("select max(global_index) from domain_event_entry")));
    }

    @Test
    @Order(7)
    void a_store_with_events_that_nobody_knows_is_not_started_on() {
        node.close();
        database.run(
                """
                insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, meta_data,
                    payload, payload_revision, payload_type, time_stamp)
                values ('x', 0, 'Thing', 'x-1', '{}', '{}', '1', 'thing.done', '2026-01-01T00:00:00Z'),
                    ('x', 1, 'Thing', 'x-2', '{}', '{}', '9', 'order.placed', '2026-01-01T00:00:00Z'),
                    ('x', 2, 'Thing', 'x-3', '{}', '{}', null, 'order.placed', '2026-01-01T00:00:00Z')""");

        String refusal =
                catchThrowable(() -> TestNode.start(database, Map.of())).getMessage();

        assertThat(refusal.replaceAll("at position \\d+", "at"))
                .isEqualTo(
                        """
                                The events cannot be used:
                                  - the store holds 1 event of 'order.placed without revision' (at), a revision that neither a class nor a step knows; declare the step that leaves it, deploy the release that wrote them, or give its jar in changeover.events.later-release, or set changeover.store.unknown-events=warn to go on without them
                                  - the store holds 1 event of 'order.placed@9' (at), a revision that neither a class nor a step knows; declare the step that leaves it, deploy the release that wrote them, or give its jar in changeover.events.later-release, or set changeover.store.unknown-events=warn to go on without them
                                  - the store holds 1 event of 'thing.done@1' (at), which no class and no step knows; declare the class or a step that drops them, name them in changeover.store.ignored-events if they belong to somebody else, or set changeover.store.unknown-events=warn to go on without them""");
        node = TestNode.start(database, Map.of("changeover.store.unknown-events", "warn"));
        node.awaitCaughtUp("order-board@1");
    }
}
