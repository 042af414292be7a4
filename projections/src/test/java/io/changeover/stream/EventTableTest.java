package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventTableTest {

    @Test
    void axon_is_told_the_same_names() {
        EventSchema schema = EventTable.ofSpring().eventSchema();

        assertThat(schema.domainEventTable()).isEqualTo("public.domain_event_entry");
        assertThat(schema.snapshotTable()).isEqualTo("public.snapshot_event_entry");
        assertThat(schema.trackedEventFields())
                .isEqualTo(
                        "global_index, event_identifier, aggregate_identifier, sequence_number, type, time_stamp, payload_type, payload_revision, payload, meta_data");
        assertThat(EventTable.ofSpring().tokenSchema().tokenTable()).isEqualTo("public.token_entry");
        assertThat(EventTable.ofSpring().tokenSchema().processorNameColumn()).isEqualTo("processor_name");
    }

    @Test
    void names_that_would_not_be_themselves_in_sql_are_refused_all_at_once() {
        EventTable.Columns columns =
                new EventTable.Columns("globalIndex", "b", "c", "d", "e", "f", "g", "h", "i", "j; drop");

        assertThatThrownBy(() -> new EventTable("DomainEventEntry", "public.snapshots", "public.tokens", columns))
                .isInstanceOf(InvalidEventStoreException.class)
                .hasMessage(
                        """
                        The event store 'DomainEventEntry' cannot be used:
                          - table 'DomainEventEntry' must be a schema and a name in lower case such as 'public.domain_event_entry'; write it as PostgreSQL shows it
                          - column 'globalIndex' must be a name in lower case such as 'global_index'; write it as PostgreSQL shows it
                          - column 'j; drop' must be a name in lower case such as 'global_index'; write it as PostgreSQL shows it""");
    }
}
