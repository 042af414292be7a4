package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SequenceCheckTest {

    private static final EventTable TABLE = EventTable.ofSpring();

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_store_that_the_library_creates_passes() {
        StoreSchema.migrate(database.dataSource());

        assertThatCode(() -> SequenceCheck.require(database.dataSource(), TABLE))
                .doesNotThrowAnyException();
    }

    @Test
    void a_serial_column_passes() {
        database.run("create table domain_event_entry (global_index bigserial)");

        assertThatCode(() -> SequenceCheck.require(database.dataSource(), TABLE))
                .doesNotThrowAnyException();
    }

    @Test
    void a_cached_sequence_is_refused() {
        StoreSchema.migrate(database.dataSource());
        database.run("alter sequence domain_event_entry_global_index_seq cache 20");

        refused("sequence 'domain_event_entry_global_index_seq' has cache 20 but it must be 1, or sessions keep values"
                + " across transactions; run ALTER SEQUENCE domain_event_entry_global_index_seq CACHE 1, then end all"
                + " sessions that have written");
    }

    @Test
    void a_sequence_with_the_increment_of_jpa_is_refused() {
        StoreSchema.migrate(database.dataSource());
        database.run("alter sequence domain_event_entry_global_index_seq increment 50");

        refused("sequence 'domain_event_entry_global_index_seq' has increment 50 but it must be 1, or values are used"
                + " by transactions that did not draw them; set allocationSize = 1 where JPA writes, then ALTER"
                + " SEQUENCE domain_event_entry_global_index_seq INCREMENT 1");
    }

    @Test
    void a_sequence_that_cycles_or_begins_below_one_is_refused() {
        database.run(
                "create sequence numbers minvalue 0 cycle",
                "create table domain_event_entry (global_index bigint default nextval('numbers'))",
                "alter sequence numbers owned by domain_event_entry.global_index");

        refused(
                "sequence 'numbers' cycles but positions must only grow; run ALTER SEQUENCE numbers NO CYCLE",
                "sequence 'numbers' has minimum 0 but positions begin at 1; run ALTER SEQUENCE numbers MINVALUE 1");
    }

    @Test
    void a_sequence_that_belongs_to_nobody_is_refused() {
        database.run(
                "create sequence numbers",
                "create table domain_event_entry (global_index bigint default nextval('numbers'))");

        refused("no sequence belongs to column 'global_index' but the stream must see who draws from it; attach it with"
                + " ALTER SEQUENCE ... OWNED BY public.domain_event_entry.global_index");
    }

    @Test
    void a_missing_table_is_refused() {
        refused("there is no table 'public.domain_event_entry' with column 'global_index'; create the store's schema or"
                + " name the table that is there");
    }

    private void refused(String... problems) {
        assertThatThrownBy(() -> SequenceCheck.require(database.dataSource(), TABLE))
                .isInstanceOf(InvalidEventStoreException.class)
                .hasMessage("The event store 'public.domain_event_entry' cannot be used:%n  - %s"
                        .formatted(String.join("%n  - ".formatted(), problems)));
    }
}
