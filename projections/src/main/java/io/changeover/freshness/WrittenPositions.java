package io.changeover.freshness;

import io.changeover.projection.ProjectionStore;
import io.changeover.serving.ReadPosition;
import io.changeover.stream.EventTable;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Where events that were written lie in the store. */
public final class WrittenPositions {

    private final JdbcOperations jdbc;
    private final TransactionTemplate outside;
    private final String select;

    /** Positions in the event table of the store. */
    public WrittenPositions(ProjectionStore store) {
        this.jdbc = store.jdbc();
        this.outside = ProjectionSight.outside(store.transactions());
        EventTable.Columns columns = store.table().columns();
        this.select = "select min(%1$s), max(%1$s) from %2$s where %3$s = any(?)"
                .formatted(columns.position(), store.table().events(), columns.eventId());
    }

    /**
     * From the first to the last of the events. Only those count that are committed, so that events of a transaction that
     * was rolled back, or has not ended, are none.
     *
     * @param eventIds identifiers of the events, in any order
     * @return empty when none of them is committed
     */
    public Optional<ReadPosition> of(Collection<String> eventIds) {
        if (eventIds.isEmpty()) {
            return Optional.empty();
        }
        return outside.execute(status -> jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(select);
                    statement.setArray(1, connection.createArrayOf("text", eventIds.toArray()));
                    return statement;
                },
                result -> {
                    result.next();
                    long first = result.getLong(1);
                    return result.wasNull()
                            ? Optional.empty()
                            : Optional.of(new ReadPosition(first, result.getLong(2)));
                }));
    }
}
