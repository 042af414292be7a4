package io.changeover.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;

/**
 * A number that is different for each store and never leaves it. What is derived from it is the same each time, and
 * cannot be traced back by somebody who does not have the store.
 */
public final class StoreSecret {

    private final DataSource dataSource;

    /** The secret of the store in this database. */
    public StoreSecret(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws EventStoreException when the database cannot be read; the same call can be made again */
    public long value() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select value from changeover.store_secret");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new EventStoreException(
                    "The secret of the store cannot be read: %s; check the database, then try again"
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
