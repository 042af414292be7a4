package io.changeover.stream;

import io.changeover.event.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads a stretch of history by binary COPY, which takes the server and the driver less than half of a query's work. */
final class EventCopy {

    private static final String CANCELLED = "57014";

    private final DataSource dataSource;
    private final EventTable table;

    EventCopy(DataSource dataSource, EventTable table) {
        this.dataSource = dataSource;
        this.table = table;
    }

    /**
     * Gives all events above {@code after} up to {@code upTo} with one of the names, in order.
     *
     * @param names event names, or null for all; an empty collection gives nothing
     * @throws EventStoreException when the database cannot be read
     */
    void read(long after, long upTo, @Nullable Collection<String> names, Consumer<StoredEvent> sink) {
        if (names != null && names.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            CopyOut copy = postgres.getCopyAPI().copyOut(sql(after, upTo, names, postgres));
            try {
                BinaryEvents events = new BinaryEvents();
                byte[] data;
                while ((data = copy.readFromCopy()) != null) {
                    events.decode(data, sink);
                }
            } finally {
                if (copy.isActive()) {
                    stop(copy, postgres);
                }
            }
        } catch (SQLException e) {
            throw new EventStoreException(
                    "The event store '%s' cannot be read from position %d to %d: %s; check the database, then try again"
                            .formatted(table.events(), after, upTo, e.getMessage()),
                    e);
        }
    }

    /** The driver's own way to cancel a COPY trips over data that is under way, so that is read to its end. */
    private static void stop(CopyOut copy, PGConnection postgres) throws SQLException {
        postgres.cancelQuery();
        try {
            while (copy.readFromCopy() != null) {
                // What the server had sent before it heard of it.
            }
        } catch (SQLException e) {
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** COPY takes no parameters, so the names go in as literals that the driver has escaped. */
    private String sql(long after, long upTo, @Nullable Collection<String> names, PGConnection postgres)
            throws SQLException {
        EventTable.Columns columns = table.columns();
        String among = "";
        if (names != null) {
            StringBuilder literals = new StringBuilder();
            for (String name : new TreeSet<>(names)) {
                literals.append(literals.isEmpty() ? "'" : ", '")
                        .append(postgres.escapeLiteral(name))
                        .append('\'');
            }
            among = " and %s in (%s)".formatted(columns.name(), literals);
        }
        String selected = BinaryEvents.columns(columns).stream().collect(Collectors.joining(", "));
        return "copy (select %1$s from %2$s where %3$s > %4$d and %3$s <= %5$d%6$s order by %3$s) to stdout (format binary)"
                .formatted(selected, table.events(), columns.position(), after, upTo, among);
    }
}
