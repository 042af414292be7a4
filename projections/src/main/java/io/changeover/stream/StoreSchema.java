package io.changeover.stream;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.flywaydb.core.Flyway;

/**
 * Creates the tables of the event store and this library's own. Its history is kept apart in the schema
 * {@value #SCHEMA}, so that the history of a team's own migrations stays as it is.
 */
public final class StoreSchema {

    /** Schema of this library's own tables; Axon's tables are in {@code public}. */
    public static final String SCHEMA = "changeover";

    private StoreSchema() {}

    /**
     * Brings the schema up to date. Idempotent; of several nodes that start at once, one does it and the others wait.
     * Tables of Axon that already exist are kept and from then on refuse changes of stored events.
     *
     * @throws InvalidEventStoreException when names without a schema would lead to this library's own
     * @throws org.flywaydb.core.api.FlywayException when the database cannot be reached or a migration fails; nothing
     *     of that migration has been done then
     */
    public static void migrate(DataSource dataSource) {
        requireNoWayIn(dataSource);
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/changeover")
                .defaultSchema(SCHEMA)
                .schemas(SCHEMA)
                .table("schema_history")
                .createSchemas(true)
                .load()
                .migrate();
    }

    /** A user called like the schema finds other tables once that is there than in the first start, and migrations fail. */
    private static void requireNoWayIn(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        """
                        select path from (
                            select translate(replace(current_setting('search_path'), '$user', current_user), '" ', '') as path) p
                        where '%s' = any (string_to_array(path, ','))
                        """
                                .formatted(SCHEMA))) {
            if (found.next()) {
                throw new InvalidEventStoreException(
                        SCHEMA,
                        List.of(
                                "names without a schema are looked for in '%s', and '%s' is this library's own, so tables of the application would be made and missed there; connect as a user of another name, or set the search path, as with ?currentSchema=public"
                                        .formatted(found.getString(1), SCHEMA)));
            }
        } catch (SQLException e) {
            throw new EventStoreException("The search path of the database could not be read", e);
        }
    }
}
