package io.changeover.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.stream.StoreSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A PostgreSQL database that nobody else uses. Closing it drops it, whoever is still connected. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final HikariDataSource dataSource;

    private TestDatabase(String name) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(0);
        this.dataSource = new HikariDataSource(config);
    }

    /** An empty database. */
    public static TestDatabase empty() {
        String name = "test_" + COUNT.incrementAndGet();
        // Copied as files, which is by far the cheapest where nothing is synced.
        onServer("create database %s strategy file_copy".formatted(name));
        return new TestDatabase(name);
    }

    /** A database with an empty event store, which costs nodes that start on it no migrations. */
    public static TestDatabase withStore() {
        TestDatabase database = Migrated.STORE.copy();
        database.run("update changeover.store_secret set value = hashtextextended(gen_random_uuid()::text, 0)");
        return database;
    }

    /** An event store as the migrations make it, once for all tests of this JVM. */
    private static final class Migrated {

        private static final TestDatabase STORE = empty();

        static {
            StoreSchema.migrate(STORE.dataSource());
        }
    }

    /** A copy of it as it is now. Nobody else may be connected to it meanwhile; this pool is emptied. */
    public synchronized TestDatabase copy() {
        dataSource.getHikariPoolMXBean().softEvictConnections();
        String copy = "test_" + COUNT.incrementAndGet();
        onServer("create database %s template %s strategy file_copy".formatted(copy, name));
        return new TestDatabase(copy);
    }

    /** A pool of connections to it, in autocommit mode. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** JDBC address for connections outside the pool. */
    public String url() {
        return TestServer.INSTANCE.url(name);
    }

    /** Name of a superuser. */
    public String user() {
        return TestServer.INSTANCE.user();
    }

    /** The superuser's password. */
    public String password() {
        return TestServer.INSTANCE.password();
    }

    /** Runs statements, each in its own transaction. */
    public void run(String... statements) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of the first row, as text; null when it is null or there is no row. */
    public String value(String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        onServer("drop database %s with (force)".formatted(name));
    }

    private static void onServer(String sql) {
        TestServer server = TestServer.INSTANCE;
        try (Connection connection =
                        DriverManager.getConnection(server.url("postgres"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
