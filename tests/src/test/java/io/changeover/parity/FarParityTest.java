package io.changeover.parity;

import static io.changeover.parity.ItemStore.V1;
import static io.changeover.parity.ItemStore.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.parity.ParityReport.Verdict;
import io.changeover.stream.OrderedStream;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Versions that lie in another database, or that somebody else maintains at a pace of which nobody tells. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FarParityTest {

    private static final String TABLE =
            """
            create table %s (id text, part integer, name text, price numeric, weight double precision, note text,
                tags jsonb, owner text, cents bigint)""";
    private static final String COLUMNS = "id, part, name, price, weight, note, tags, owner, cents";

    private static final TestDatabase FAR = TestDatabase.empty();

    /** The other database, beside that of the store. */
    @Configuration(proxyBeanMethods = false)
    static class WithFar {

        @Bean(name = "far", defaultCandidate = false, destroyMethod = "")
        DataSource far() {
            return FAR.dataSource();
        }
    }

    private final TestDatabase database = TestDatabase.empty();
    private final ItemStore items = new ItemStore(database);
    private TestNode node;
    private ParityCheck parity;

    @BeforeEach
    void start() {
        FAR.run("drop table if exists far_item, far_position", TABLE.formatted("far_item"));
        FAR.run("create table far_position (position bigint)");
        node = items.start(Map.of("changeover.parity.foreign-patience", "2s"), WithFar.class);
        database.run(TABLE.formatted("undated_item"));
        parity = node.get(ParityCheck.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private void listed(String id, String name) {
        database.run(
                """
                insert into domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier, meta_data,
                    payload, payload_revision, payload_type, time_stamp)
                values ('%1$s', coalesce((select max(sequence_number) + 1 from domain_event_entry
                        where aggregate_identifier = '%1$s'), 0), 'Item', gen_random_uuid(), '{}',
                    convert_to('{"id": "%1$s", "part": 1, "name": "%2$s"}', 'UTF8'), '1', 'item.listed',
                    '2026-01-01T00:00:00Z')
                """
                        .formatted(id, name));
        node.awaitCaughtUp("item@1");
    }

    private long head() {
        return node.get(OrderedStream.class).head();
    }

    private static void far(String id, String name) {
        FAR.run("insert into far_item values ('%s', 1, '%s', 1, 1, null, '[]', 'nobody', 100)".formatted(id, name));
    }

    private static void farAt(long position) {
        FAR.run("delete from far_position", "insert into far_position values (%d)".formatted(position));
    }

    @Test
    void a_version_in_another_database_is_compared_exactly_by_the_positions_of_both() {
        listed("a", "anvil");
        listed("b", "bellows");
        long both = head();
        far("a", "anvil");
        far("b", "bellows");
        farAt(both);
        ParityReport clean = parity.run(V1, version(6));
        assertThat(clean.verdict()).isEqualTo(Verdict.EQUAL);
        assertThat(clean.rowsCompared()).isEqualTo(2);
        assertThat(clean.plan())
                .isEqualTo("row by row outside of the database, because the versions lie in different databases");

        // An event that only one of them has is in flight: never a difference.
        listed("b", "bellows, large");
        listed("c", "crucible");
        ParityReport behind = parity.run(V1, version(6));
        assertThat(behind.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
        assertThat(behind.inFlight()).isEqualTo(2);
        assertThat(behind.differencesByField()).isEmpty();
        assertThat(behind.leftPosition()).isEqualTo(head());
        assertThat(behind.rightPosition()).isEqualTo(both);

        // Once the other says that it has it, what it did not do is a difference.
        FAR.run("update far_item set name = 'bellows, large' where id = 'b'");
        farAt(head());
        ParityReport after = parity.run(V1, version(6));
        assertThat(after.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(after.missing()).isEqualTo(1);
        assertThat(after.samples()).singleElement().satisfies(sample -> assertThat(sample.key())
                .isEqualTo("c/1"));
    }

    @Test
    void a_difference_from_an_undated_table_counts_only_when_it_is_still_there_at_a_second_look() {
        for (String id : Set.of("a", "b", "c")) {
            listed(id, "item " + id);
        }
        database.run("insert into undated_item select %s from views.item_v1".formatted(COLUMNS));
        assertThat(parity.run(V1, version(7)).verdict()).isEqualTo(Verdict.EQUAL);

        // One row is wrong, another is late: right before the patience is over, however long the first look takes.
        database.run(
                "alter table undated_item rename to slow_item",
                "update slow_item set name = 'wrong' where id = 'a'",
                """
                create view undated_item as select id, part,
                    case when id = 'b' and clock_timestamp() < timestamptz '%s' then 'late' else name end as name,
                    price, weight, note, tags, owner, cents from slow_item"""
                        .formatted(database.value("select clock_timestamp() + interval '1 second'")));
        ParityReport report = parity.run(V1, version(7));
        assertThat(report.verdict()).isEqualTo(Verdict.DIFFERENT);
        assertThat(report.different()).isEqualTo(1);
        assertThat(report.samples()).singleElement().satisfies(sample -> assertThat(sample.key())
                .isEqualTo("a/1"));
    }

    @Test
    void a_table_that_is_not_there_is_named_with_the_versions() {
        node.awaitCaughtUp("item@1");
        FAR.run("drop table far_item");
        String said = "Comparing item@1 and item@6: the database says 'ERROR: relation \"far_item\" does not exist";
        assertThatThrownBy(() -> parity.run(V1, version(6))).hasMessageStartingWith(said);
        assertThatThrownBy(() -> parity.homes(V1, version(6), Set.of("a"), row -> {}))
                .hasMessageStartingWith(said);
    }

    @Test
    void some_homes_are_compared_at_one_instant_and_those_in_flight_are_named() {
        listed("a", "anvil");
        listed("b", "bellows");
        far("a", "anvil");
        far("b", "hammer");
        farAt(head());
        listed("c", "crucible");
        HomesReport report = parity.homes(V1, version(6), Set.of("a", "b", "c", "nothing"), row -> {});
        assertThat(report.rowsCompared()).isEqualTo(2);
        assertThat(report.differing()).isEqualTo(1);
        assertThat(report.inFlight()).containsExactly("c");
        assertThat(report.parked()).isEmpty();
    }
}
