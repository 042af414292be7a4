package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventStoreImmutabilityTest {

    private static TestDatabase database;
    private EventWriter session;

    @BeforeAll
    static void store() {
        database = TestDatabase.withStore();
        try (EventWriter writer = new EventWriter(database.dataSource())) {
            writer.append("thing.done");
            writer.commit();
        }
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @BeforeEach
    void open() {
        session = new EventWriter(database.dataSource());
    }

    @AfterEach
    void close() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE   | update domain_event_entry set payload = ''",
                "DELETE   | delete from domain_event_entry",
                "TRUNCATE | truncate domain_event_entry",
                "UPDATE   | set session_replication_role = replica; update domain_event_entry set payload = ''",
                "DELETE   | set session_replication_role = replica; delete from domain_event_entry",
                "TRUNCATE | set session_replication_role = replica; truncate domain_event_entry",
                "UPDATE   | insert into domain_event_entry select * from domain_event_entry on conflict (global_index) do update set payload = ''",
            })
    void stored_events_refuse_every_change(String operation, String sql) {
        assertThatThrownBy(() -> session.run(sql)).cause().isInstanceOfSatisfying(PSQLException.class, refusal -> {
            ServerErrorMessage message = refusal.getServerErrorMessage();
            assertThat(message.getMessage())
                    .isEqualTo(
                            "%s of public.domain_event_entry is refused: stored events never change, because every view is built from them; append an event that corrects the earlier one",
                            operation);
            assertThat(message.getSQLState()).isEqualTo("23001");
        });
        session.rollback();
        assertThat(database.value("select convert_from(payload, 'utf8') from domain_event_entry"))
                .isEqualTo("{\"text\":\"hello\"}");
    }

    @Test
    void a_second_migration_changes_nothing() {
        StoreSchema.migrate(database.dataSource());

        assertThat(database.value("select count(*) from domain_event_entry")).isEqualTo("1");
        assertThat(database.value("select count(*) from information_schema.tables where table_name = 'schema_history'"
                        + " and table_schema = 'changeover'"))
                .isEqualTo("1");
    }

    @Test
    void a_store_that_axon_made_is_kept_and_protected() {
        try (TestDatabase existing = TestDatabase.empty()) {
            existing.run(
                    """
                    create table domain_event_entry (global_index bigserial primary key,
                        aggregate_identifier varchar(255) not null, sequence_number bigint not null,
                        type varchar(255), event_identifier varchar(255) not null unique, meta_data bytea,
                        payload bytea not null, payload_revision varchar(255), payload_type varchar(255) not null,
                        time_stamp varchar(255) not null, unique (aggregate_identifier, sequence_number))""");
            try (EventWriter writer = new EventWriter(existing.dataSource())) {
                writer.append("thing.done");
                writer.commit();
                StoreSchema.migrate(existing.dataSource());
                assertThatThrownBy(() -> writer.run("delete from domain_event_entry"))
                        .hasMessageContaining("DELETE of public.domain_event_entry is refused");
            }
            SequenceCheck.require(existing.dataSource(), EventTable.ofSpring());
            assertThat(new OrderedStream(existing.dataSource(), EventTable.ofSpring()).horizon())
                    .isEqualTo(1);
        }
    }
}
