package io.changeover.stream;

import javax.sql.DataSource;
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
     * @throws org.flywaydb.core.api.FlywayException when the database cannot be reached or a migration fails; nothing
     *     of that migration has been done then
     */
    public static void migrate(DataSource dataSource) {
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
}
