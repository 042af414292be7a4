package io.changeover.turnstile;

import io.changeover.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is outside: it keeps whatever it is told, as often as it is told, in a database of its own. */
final class World {

    static final String URL = "turnstile.world";

    private final String url;
    private @Nullable Connection connection;

    World(String url) {
        this.url = url;
    }

    static TestDatabase create() {
        TestDatabase database = TestDatabase.empty();
        database.run("create table receipt (key text not null, version integer not null)");
        return database;
    }

    /** On one connection for as long as this process lives: one for each receipt would make it slower than the writer. */
    synchronized void receive(String key, int version) {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(url, "postgres", "");
            }
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into receipt (key, version) values (?, ?)")) {
                statement.setString(1, key);
                statement.setInt(2, version);
                statement.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
