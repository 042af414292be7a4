package io.changeover.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;

/**
 * Where the event store lies in the database: Axon's table layout under names of one's own. Every name stands as
 * PostgreSQL keeps it for an identifier without quotes, in lower case.
 *
 * @param events table of the events, with its schema
 * @param snapshots table of the aggregates' snapshots, with its schema; same columns but for the position
 * @param tokens table of the processors' tokens, with its schema; its columns are Axon's in snake case
 * @param columns names of the columns of events and snapshots
 */
public record EventTable(String events, String snapshots, String tokens, Columns columns) {

    private static final Pattern TABLE = Pattern.compile("[a-z_][a-z0-9_]*\\.[a-z_][a-z0-9_]*");
    private static final Pattern COLUMN = Pattern.compile("[a-z_][a-z0-9_]*");

    /**
     * Names of the columns.
     *
     * @param position global index, filled from a sequence
     * @param aggregateId identifier of the aggregate
     * @param sequence number of the event within its aggregate
     * @param aggregateType type of the aggregate
     * @param eventId unique identifier of the event
     * @param metadata serialised metadata
     * @param payload serialised payload
     * @param revision revision of the payload
     * @param name type of the payload: the stable event name
     * @param time when the event happened, as text
     */
    public record Columns(
            String position,
            String aggregateId,
            String sequence,
            String aggregateType,
            String eventId,
            String metadata,
            String payload,
            String revision,
            String name,
            String time) {

        /** The columns that Axon's JPA store has under Spring's naming. */
        public static Columns ofSpring() {
            return new Columns(
                    "global_index",
                    "aggregate_identifier",
                    "sequence_number",
                    "type",
                    "event_identifier",
                    "meta_data",
                    "payload",
                    "payload_revision",
                    "payload_type",
                    "time_stamp");
        }

        private List<String> all() {
            return List.of(
                    position, aggregateId, sequence, aggregateType, eventId, metadata, payload, revision, name, time);
        }
    }

    /**
     * @throws InvalidEventStoreException when a name is not a plain identifier in lower case; names go into SQL as they
     *     are
     */
    public EventTable {
        List<String> problems = new ArrayList<>();
        for (String table : List.of(events, snapshots, tokens)) {
            if (!TABLE.matcher(table).matches()) {
                problems.add(
                        "table '%s' must be a schema and a name in lower case such as 'public.domain_event_entry'; write it as PostgreSQL shows it"
                                .formatted(table));
            }
        }
        for (String column : columns.all()) {
            if (!COLUMN.matcher(column).matches()) {
                problems.add(
                        "column '%s' must be a name in lower case such as 'global_index'; write it as PostgreSQL shows it"
                                .formatted(column));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidEventStoreException(events, problems);
        }
    }

    /** The tables that {@link StoreSchema} creates: those of Axon's JPA store under Spring's naming, in {@code public}. */
    public static EventTable ofSpring() {
        return new EventTable(
                "public.domain_event_entry", "public.snapshot_event_entry", "public.token_entry", Columns.ofSpring());
    }

    /** Events and snapshots as Axon's JDBC engine wants them described. */
    public EventSchema eventSchema() {
        return EventSchema.builder()
                .eventTable(events)
                .snapshotTable(snapshots)
                .globalIndexColumn(columns.position())
                .aggregateIdentifierColumn(columns.aggregateId())
                .sequenceNumberColumn(columns.sequence())
                .typeColumn(columns.aggregateType())
                .eventIdentifierColumn(columns.eventId())
                .metaDataColumn(columns.metadata())
                .payloadColumn(columns.payload())
                .payloadRevisionColumn(columns.revision())
                .payloadTypeColumn(columns.name())
                .timestampColumn(columns.time())
                .build();
    }

    /** Tokens as Axon's JDBC token store wants them described. */
    public TokenSchema tokenSchema() {
        return TokenSchema.builder()
                .setTokenTable(tokens)
                .setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment")
                .setOwnerColumn("owner")
                .setTimestampColumn("timestamp")
                .setTokenColumn("token")
                .setTokenTypeColumn("token_type")
                .build();
    }
}
