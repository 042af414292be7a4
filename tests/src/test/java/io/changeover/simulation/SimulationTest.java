package io.changeover.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.changeover.operation.Request;
import io.changeover.operation.SimulationOperations;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.UnknownVersionException;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulationTest {

    private static final VersionId V1 = VersionId.parse("bookings@1");
    private static final VersionId V2 = VersionId.parse("bookings@2");
    private static final VersionId V3 = VersionId.parse("bookings@3");
    private static final VersionId V4 = VersionId.parse("bookings@4");
    private static final int BOOKINGS = 12_000;
    private static final int PAYMENTS = BOOKINGS / 2 + BOOKINGS / 3;
    private static final int GUESTS = 300;
    private static final String TABLES =
            "select string_agg(table_schema || '.' || table_name, ',' order by 1) from information_schema.tables where table_schema = 'views'";

    private final TestDatabase database = TestDatabase.withStore();
    private TestNode node;
    private SimulationOperations simulations;

    @BeforeEach
    void start() {
        node = TestNode.start(
                database,
                Map.of(
                        "spring.autoconfigure.exclude",
                        "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                                + TestNode.WITHOUT_JPA,
                        "changeover.node-id",
                        "bookings-node",
                        "spring.flyway.enabled",
                        "false"),
                BookingsDomain.Known.class);
        simulations = node.get(SimulationOperations.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Bookings, of which every second and every third has a payment, and weather, which no version folds. */
    private void fill() {
        append(
                "'b-' || i",
                "0",
                "booking.made",
                """
                '{"booking":"b-' || i || '","guest":"g-' || i %% %d || '","room":"room ' || i %% 70 || '"}'"""
                        .formatted(GUESTS),
                "1");
        append("'w-' || i", "0", "weather.seen", "'{\"what\":\"rain\"}'", "1");
        append("'b-' || i", "1", "booking.paid", "'{\"booking\":\"b-' || i || '\",\"cents\":' || i || '}'", "2");
        append("'b-' || i", "2", "booking.paid", "'{\"booking\":\"b-' || i || '\",\"cents\":5}'", "3");
        node.awaitCaughtUp("bookings@1");
    }

    private void append(String aggregate, String sequence, String name, String payload, String step) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select %s, %s, 'Booking', gen_random_uuid(), '{}', convert_to(%s, 'UTF8'), '1', '%s', '2026-01-01T00:00:00Z'
                from generate_series(1, %d, %s) i"""
                        .formatted(aggregate, sequence, payload, name, BOOKINGS, step));
    }

    private double value(String query) {
        return Double.parseDouble(Objects.requireNonNull(database.value(query)));
    }

    @Test
    void a_simulation_counts_exactly_estimates_within_its_range_and_learns_from_what_became_of_it() {
        fill();
        String tables = database.value(TABLES);
        Simulation before = simulations.simulate(V2, 2_000);

        assertThat(before.events()).isEqualTo(BOOKINGS + PAYMENTS);
        assertThat(before.byName()).isEqualTo(Map.of("booking.made", (long) BOOKINGS, "booking.paid", (long) PAYMENTS));
        assertThat(before.sampled()).isEqualTo(2_000);
        assertThat(before.rowsBy()).isEqualTo("the rows of bookings@1, which has the same key");
        assertThat(before.rows().expected()).isCloseTo(BOOKINGS, within(BOOKINGS * 0.05));
        assertThat(before.seconds().low())
                .isPositive()
                .isLessThanOrEqualTo(before.seconds().expected());
        assertThat(before.secondsByStage()).containsOnlyKeys("read", "parse", "fold", "write", "index");
        assertThat(before.memoryBytes().expected()).isPositive();
        assertThat(before.past()).isEqualTo(new PastErrors(0, 0, 0, 1));
        assertThat(before.heldBack()).isEmpty();
        // Nothing was begun, and no table is there that was not.
        assertThat(database.value(TABLES)).isEqualTo(tables);
        assertThat(node.operations().view("bookings").versions().get(1).state()).isEqualTo("absent");
        assertThat(value("select count(*) from changeover.fold_fingerprint where version = 2"))
                .isZero();

        assertThat(simulations.impact(V2).kind()).isEqualTo(Impact.Kind.NOT_BUILT);
        node.operations().declare("bookings", 2, Request.by("ann"));
        node.backfill("bookings");

        assertThat(before.rows().low()).isLessThanOrEqualTo(value("select count(*) from views.bookings_v2"));
        assertThat(before.rows().high()).isGreaterThanOrEqualTo(value("select count(*) from views.bookings_v2"));
        double size = value("select pg_total_relation_size('views.bookings_v2')");
        assertThat(before.tableBytes().expected() + before.indexBytes().expected())
                .isBetween(size / 2, size * 2);

        Simulation next = simulations.simulate(V4, 2_000);
        assertThat(next.past().estimates()).isEqualTo(1);
        assertThat(next.past().lowest()).isEqualTo(next.past().highest()).isGreaterThan(-1);
        assertThat(next.past().correction()).isPositive();
        assertThat(value("select actual_rows from changeover.estimate where version = 2"))
                .isEqualTo(BOOKINGS);
        assertThat(next.rowsBy()).isEqualTo("the events that make rows");
        assertThat(next.rows().expected()).isCloseTo(BOOKINGS, within(BOOKINGS * 0.02));

        Simulation guests = simulations.simulate(V3, 4_000);
        assertThat(guests.events()).isEqualTo(BOOKINGS);
        assertThat(guests.rowsBy()).startsWith("the keys in the sample");
        assertThat(guests.rows().low()).isLessThanOrEqualTo(GUESTS);
        assertThat(guests.rows().high()).isGreaterThanOrEqualTo(GUESTS);
        assertThat(simulations.simulate(V3, 100_000).rows()).isEqualTo(new Span(GUESTS, GUESTS, GUESTS));

        // What is live has no backfill to come, so its estimate teaches nothing and is not kept.
        simulations.simulate(V1, 2_000);
        assertThat(value("select count(*) from changeover.estimate where version = 1"))
                .isZero();

        impactOfChangedFolds();
    }

    private void impactOfChangedFolds() {
        Impact nothing = simulations.impact(V2);
        assertThat(nothing.kind()).isEqualTo(Impact.Kind.NOTHING);
        assertThat(nothing.ways()).isEmpty();

        String changed =
                "update changeover.fold_fingerprint set fingerprint = 'other' where version = 2 and part = '%s'";
        database.run(changed.formatted("rows"));
        Impact columns = simulations.impact(V2);
        assertThat(columns.kind()).isEqualTo(Impact.Kind.DEFAULT_VALUE);
        assertThat(columns.homes()).isZero();
        assertThat(columns.ways().get(0).command()).isEqualTo("changeover rebuild bookings@2 --changed");
        database.run("alter table views.bookings_v2 rename column room to chamber");
        assertThat(simulations.impact(V2).ways().get(0).command())
                .isEqualTo(
                        "psql: alter table views.\"bookings_v2\" add column \"room\" text not null default <value>;");
        database.run("alter table views.bookings_v2 rename column chamber to room");

        database.run(changed.formatted("fold booking.made"));
        assertThat(simulations.impact(V2).kind()).isEqualTo(Impact.Kind.FULL_REBUILD);

        database.run("delete from changeover.fold_fingerprint where version = 2");
        Impact unknown = simulations.impact(V2);
        assertThat(unknown.kind()).isEqualTo(Impact.Kind.UNKNOWN);
        assertThat(unknown.homes()).isEqualTo(BOOKINGS);
        assertThat(unknown.reasons()).isEqualTo(List.of("nobody has recorded by which folds its rows were made"));
        assertThat(unknown.ways()).singleElement().satisfies(way -> {
            assertThat(way.command()).isEqualTo("changeover rebuild bookings@2 --all");
            assertThat(way.seconds()).isNotNull();
        });
        someKeys();
    }

    /** Version 1 has a fold of payments that changed; only some bookings are paid. */
    private void someKeys() {
        database.run(
                "update changeover.fold_fingerprint set fingerprint = 'other' where version = 1 and part = 'fold booking.paid'");
        Impact some = simulations.impact(V1);
        assertThat(some.kind()).isEqualTo(Impact.Kind.SOME_KEYS);
        assertThat(some.events()).containsExactly("booking.paid");
        assertThat((double) some.homes())
                .isEqualTo(
                        value(
                                "select count(distinct aggregate_identifier) from public.domain_event_entry where payload_type = 'booking.paid'"))
                .isLessThan(BOOKINGS);
        assertThat(some.reasons()).containsExactly("folds of booking.paid changed");
        assertThat(some.ways().get(0).command()).isEqualTo("changeover rebuild bookings@1 --changed");
    }

    @Test
    void an_empty_store_and_a_version_that_is_not_there_are_told_so() {
        Simulation empty = simulations.simulate(V2, 2_000);
        assertThat(empty.events()).isZero();
        assertThat(empty.seconds().high()).isZero();
        assertThat(empty.rowsBy()).isEqualTo("there is no event");
        assertThat(value("select count(*) from changeover.estimate")).isZero();
        assertThatExceptionOfType(UnknownVersionException.class)
                .isThrownBy(() -> simulations.simulate(VersionId.parse("bookings@9"), 2_000));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> simulations.simulate(V2, 1));
    }
}
