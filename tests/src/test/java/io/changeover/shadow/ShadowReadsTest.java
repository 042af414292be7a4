package io.changeover.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.operation.Request;
import io.changeover.operation.ShadowOperations;
import io.changeover.shadow.ParcelDomain.Parcel;
import io.changeover.shadow.ParcelDomain.Parcels;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowReadsTest {

    private static final Request ANN = Request.by("ann");

    private final TestDatabase database = TestDatabase.withStore();
    private final Map<String, Integer> sequences = new TreeMap<>();
    private TestNode node;
    private Parcels parcels;

    @BeforeEach
    void reset() {
        ParcelDomain.reset();
        for (int i = 1; i <= 9; i++) {
            append("p-" + i, "parcel.booked", "\"owner\":\"owner of %d\",\"cents\":%d".formatted(i, 100 * i));
        }
    }

    @AfterEach
    void stop() {
        ParcelDomain.reset();
        node.close();
        database.close();
    }

    private void append(String parcel, String name, String fields) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('%s', %d, 'Parcel', gen_random_uuid(), '{}', convert_to('{"parcel":"%s",%s}', 'UTF8'), '1', '%s',
                    '2026-01-01T00:00:00Z')
                """
                        .formatted(parcel, sequences.merge(parcel, 1, Integer::sum) - 1, parcel, fields, name));
    }

    private void charge(int parcel, long cents) {
        append("p-" + parcel, "parcel.charged", "\"cents\":%d".formatted(cents));
    }

    private void start(String... settings) {
        Map<String, String> all = new TreeMap<>();
        all.put(
                "spring.autoconfigure.exclude",
                "io.changeover.examples.orders.OrdersAutoConfiguration,io.changeover.examples.orders.OrdersWebAutoConfiguration,"
                        + TestNode.WITHOUT_JPA);
        all.put("changeover.node-id", "parcel-node");
        all.put("spring.flyway.enabled", "false");
        all.put("changeover.serving.shadow-share", "1");
        all.put("changeover.shadow.pause", "1ms");
        // While one waits for a connection that is being made, reads are not shadowed.
        all.put("spring.datasource.hikari.minimum-idle", "10");
        Stream.of(settings)
                .forEach(setting -> all.put(
                        setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1)));
        node = TestNode.start(database, all, ParcelDomain.Known.class);
        parcels = node.get(Parcels.class);
    }

    private void startBuilt(String... settings) {
        start(settings);
        node.operations().declare("parcels", 2, ANN);
        node.backfill("parcels");
        caughtUp();
    }

    private void caughtUp() {
        node.awaitCaughtUp("parcels@1");
        node.awaitCaughtUp("parcels@2");
    }

    private ShadowReport report() {
        return node.get(ShadowOperations.class).report("parcels");
    }

    private ShadowReport reportOf(long samples) {
        TestNode.await(() -> report().samples() >= samples);
        return report();
    }

    @Test
    void before_a_changeover_there_is_nobody_to_ask() {
        start();
        node.awaitCaughtUp("parcels@1");
        assertThat(parcels.byId("p-1")).isPresent();
        ShadowReport report = report();
        assertThat(report.changeover()).isNull();
        assertThat(report.samples()).isZero();
        assertThat(report.differenceRate()).isNull();
    }

    @Test
    void answers_that_are_the_same_are_counted_over_restarts_and_how_long_both_took_is_known() {
        startBuilt("changeover.shadow.exact-every=2");
        parcels.byId("p-1");
        parcels.byId("none");
        parcels.dearest(3);
        parcels.sum();
        assertThat(parcels.ids()).hasSize(9);
        ShadowReport report = reportOf(4);
        assertThat(report.same()).isEqualTo(4);
        assertThat(report.notComparable()).isOne();
        assertThat(report.differenceRate()).isZero();
        assertThat(report.looks()).isEqualTo(2);
        assertThat(report.noiseRate()).isZero();
        assertThat(report.latency())
                .extracting(latency -> latency.method() + " " + latency.version() + " " + latency.calls())
                .containsExactly(
                        "byId(String) 1 2",
                        "byId(String) 2 2",
                        "dearest(int) 1 1",
                        "dearest(int) 2 1",
                        "ids() 1 1",
                        "sum() 1 1",
                        "sum() 2 1");
        node.close();
        start();
        assertThat(report().same()).isEqualTo(4);
        parcels.byId("p-2");
        assertThat(reportOf(5).same()).isEqualTo(5);
    }

    @Test
    void a_version_that_lies_is_found_by_field_with_both_sides_and_without_a_sensitive_value() {
        startBuilt();
        ParcelDomain.lie = parcel -> new Parcel(parcel.parcel(), "somebody", parcel.cents() + 1);
        assertThat(parcels.byId("p-1")).contains(new Parcel("p-1", "owner of 1", 100));
        ShadowReport report = reportOf(1);
        assertThat(report.different()).isOne();
        assertThat(report.differenceRate()).isEqualTo(1.0);
        assertThat(report.kinds()).containsOnly(Map.entry("field:cents", 1L), Map.entry("field:owner", 1L));
        assertThat(report.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.method()).isEqualTo("byId(String)");
            assertThat(difference.serving()).isOne();
            assertThat(difference.shadow()).isEqualTo(2);
            assertThat(difference.kinds()).containsExactly("field:cents", "field:owner");
            assertThat(difference.arguments()).extracting(String::valueOf).containsExactly("\"p-1\"");
            assertThat(String.valueOf(difference.older()))
                    .matches("\\{items=1, differing=\\[\\{parcel=p-1, owner=masked:[0-9a-f]{8}, cents=100}]}");
            assertThat(String.valueOf(difference.newer()))
                    .matches("\\{items=1, differing=\\[\\{parcel=p-1, owner=masked:[0-9a-f]{8}, cents=101}]}");
            assertThat(difference.oldPosition()).isEqualTo(difference.newPosition());
            assertThat(difference.node()).isEqualTo("parcel-node");
        });
        assertThat(database.value(
                        "select count(*) from changeover.shadow_difference d where d::text ~ 'owner of|somebody'"))
                .isEqualTo("0");
    }

    @Test
    void a_text_that_is_no_key_of_what_is_shown_is_masked_in_the_arguments() {
        startBuilt();
        ParcelDomain.lie = parcel -> new Parcel("other", parcel.owner(), parcel.cents());
        parcels.byId("p-1");
        parcels.dearest(1);
        List<ShadowDifference> differences = reportOf(2).differences();
        assertThat(differences).extracting(ShadowDifference::kinds).containsOnly(List.of("missing", "extra"));
        assertThat(differences).extracting(each -> each.arguments().toString()).contains("[1]", "[\"p-1\"]");
        ParcelDomain.lie = parcel -> parcel;
        ParcelDomain.before = () -> {
            throw new IllegalStateException("p-1 is secret");
        };
        parcels.byId("p-1");
        ShadowDifference failed = reportOf(3).differences().get(0);
        assertThat(failed.kinds()).containsExactly("error");
        assertThat(failed.failure()).isEqualTo("IllegalStateException");
        assertThat(failed.newer()).isNull();
        assertThat(failed.arguments().toString()).matches("\\[\"masked:[0-9a-f]{8}\"]");
    }

    @Test
    void a_list_in_another_order_is_found() {
        startBuilt();
        ParcelDomain.backwards = true;
        assertThat(parcels.dearest(3)).extracting(Parcel::parcel).containsExactly("p-9", "p-8", "p-7");
        assertThat(reportOf(1).kinds()).containsOnly(Map.entry("order", 1L));
    }

    @Test
    void a_version_that_hangs_delays_nobody_and_what_does_not_fit_the_queue_is_left_out() {
        startBuilt("changeover.shadow.threads=1", "changeover.shadow.queue=2", "changeover.shadow.timeout=1h");
        CountDownLatch released = new CountDownLatch(1);
        ParcelDomain.before = () -> {
            ParcelDomain.hanging.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(parcels.byId("p-1")).isPresent();
        TestNode.await(() -> ParcelDomain.hanging.getCount() == 0);
        for (int i = 2; i <= 6; i++) {
            assertThat(parcels.byId("p-" + i)).isPresent(); // while the version hangs
        }
        assertThat(report().dropped()).containsOnly(Map.entry("queue", 3L));
        assertThat(report().samples()).isZero();
        released.countDown();
        assertThat(reportOf(3).same()).isEqualTo(3);
    }

    @Test
    void a_version_that_hangs_for_ever_is_stopped_and_the_thread_goes_on() {
        startBuilt("changeover.shadow.threads=1", "changeover.shadow.timeout=200ms");
        ParcelDomain.before = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        parcels.byId("p-1");
        assertThat(reportOf(1).kinds()).containsOnly(Map.entry("slow", 1L));
        JdbcTemplate jdbc = node.get(JdbcTemplate.class);
        ParcelDomain.before = () -> jdbc.execute("select pg_sleep(3600)");
        parcels.byId("p-2");
        assertThat(reportOf(2).kinds()).containsOnly(Map.entry("slow", 2L));
        ParcelDomain.before = () -> {};
        parcels.byId("p-3");
        assertThat(reportOf(3).same()).isOne();
    }

    @Test
    void a_version_that_writes_fails_and_leaves_nothing() {
        database.run("create table scribble (note text)");
        startBuilt();
        JdbcTemplate jdbc = node.get(JdbcTemplate.class);
        ParcelDomain.before = () -> jdbc.update("insert into scribble values ('seen')");
        assertThat(parcels.byId("p-1")).isPresent();
        ShadowReport report = reportOf(1);
        assertThat(report.kinds()).containsOnly(Map.entry("error", 1L));
        assertThat(report.differences().get(0).failure()).contains("PSQLException (SQLSTATE 25006)");
        assertThat(database.value("select count(*) from scribble")).isEqualTo("0");
    }

    @Test
    void while_a_version_stands_still_what_it_lacks_is_in_flight_and_what_is_wrong_is_found_all_the_same()
            throws SQLException {
        startBuilt();
        try (Connection held = database.dataSource().getConnection();
                Statement statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("select 1 from token_entry where processor_name = 'parcels@2' for update");
            for (int i = 1; i <= 4; i++) {
                charge(i, 10_000L * i);
            }
            append("p-10", "parcel.booked", "\"owner\":\"owner of 10\",\"cents\":5000");
            node.awaitCaughtUp("parcels@1");
            parcels.byId("p-1");
            parcels.byId("p-10");
            parcels.dearest(5);
            parcels.sum();
            ShadowReport report = reportOf(4);
            assertThat(report.different()).as("%s", report.differences()).isZero();
            assertThat(report.inFlight()).isEqualTo(4);

            parcels.byId("p-7");
            assertThat(reportOf(5).same()).isOne();
            ParcelDomain.lie = parcel ->
                    parcel.parcel().equals("p-9") ? new Parcel("p-9", parcel.owner(), parcel.cents() - 1) : parcel;
            parcels.dearest(6);
            assertThat(reportOf(6).kinds()).containsOnly(Map.entry("field:cents", 1L));
            ParcelDomain.before = () -> {
                throw new IllegalStateException("no such row yet");
            };
            parcels.sum();
            assertThat(reportOf(7).inFlight()).isEqualTo(5);
            ParcelDomain.reset();
        }
        caughtUp();
        parcels.sum();
        parcels.dearest(5);
        assertThat(reportOf(9).same()).isEqualTo(3);
    }

    @Test
    void a_version_that_contradicts_itself_is_noise_and_no_difference() {
        startBuilt("changeover.shadow.exact-every=2");
        ParcelDomain.fickle = true;
        for (int i = 0; i < 4; i++) {
            parcels.byId("p-1");
        }
        ShadowReport report = reportOf(4);
        assertThat(report.noise()).isEqualTo(4);
        assertThat(report.different()).isZero();
        assertThat(report.differenceRate()).isNull();
        assertThat(report.looks()).isEqualTo(2);
        assertThat(report.noiseRate()).isEqualTo(1.0);
    }

    @Test
    void beside_live_writes_nothing_is_called_different() {
        startBuilt("changeover.live.batch-size=3", "changeover.live.segments=2", "changeover.shadow.queue=10000");
        Random random = new Random(5);
        for (int i = 0; i < 150; i++) {
            charge(1 + random.nextInt(9), random.nextInt(1_000));
            parcels.byId("p-" + (1 + random.nextInt(9)));
            parcels.dearest(1 + random.nextInt(9));
            parcels.sum();
        }
        ShadowReport report = reportOf(450);
        assertThat(report.differences()).isEmpty();
        assertThat(report.noise()).isZero();
        assertThat(report.same() + report.inFlight()).isEqualTo(450);
        assertThat(report.same()).isPositive();
    }
}
