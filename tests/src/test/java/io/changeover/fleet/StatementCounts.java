package io.changeover.fleet;

import io.changeover.stream.StoreSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server that counts the statements of those that use it, with an empty store. It is always the embedded one,
 * as counting must be switched on when a server starts.
 */
final class StatementCounts implements AutoCloseable {

    private static final String DATABASE = "postgres";

    private final EmbeddedPostgres postgres;
    private final Connection connection;

    StatementCounts() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        StoreSchema.migrate(postgres.getPostgresDatabase());
        connection = postgres.getPostgresDatabase().getConnection();
        run("create extension pg_stat_statements");
    }

    String url() {
        return postgres.getJdbcUrl(user(), DATABASE);
    }

    String user() {
        return "postgres";
    }

    /** Runs a statement, which is not counted. */
    synchronized void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What a query of one row and column gives; the query is not counted. */
    synchronized long number(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Counts from 0 again. */
    void reset() {
        run("do 'begin perform pg_stat_statements_reset(); end'");
    }

    /** All statements so far, the beginnings and ends of transactions among them. */
    long all() {
        return like("%");
    }

    /** Those whose text is like the pattern. */
    long like(String pattern) {
        return number(
                "select coalesce(sum(calls), 0) from pg_stat_statements where query like '%s' and query not like '%%pg_stat_%%'"
                        .formatted(pattern));
    }

    /** Sessions of others at the moment. */
    long sessions() {
        return number(
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()");
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }
}
