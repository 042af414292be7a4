package io.changeover.benchmark.replay.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database of the server.
 *
 * @param name its name
 * @param url JDBC address, without parameters
 * @param user a superuser without password
 */
public record Database(String name, String url, String user) {

    /** A new connection in autocommit mode; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    /**
     * A new connection with parameters of the driver; the caller closes it.
     *
     * @param parameters as in the address, such as {@code prepareThreshold=-1}
     */
    public Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(url + "?" + parameters, user, "");
    }

    /** Connections without a pool. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        return source;
    }

    /** Runs each statement in a transaction of its own. */
    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The first column of all rows as text. */
    public List<String> texts(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The number in the first column of the first row. */
    public long number(String query) {
        return Long.parseLong(texts(query).get(0));
    }

    /** Whether there is a table of that qualified name. */
    public boolean hasTable(String table) {
        return texts("select to_regclass('%s') is not null".formatted(table))
                .get(0)
                .equals("t");
    }
}
