package io.changeover.comparison;

import io.changeover.parity.DifferingRow;
import io.changeover.parity.ParityProgress;
import io.changeover.parity.ParityReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.ObjectMapper;

/**
 * What is found in one range, in a transaction of its own: committed with the progress after it, or not at all. It takes
 * a connection of its own too, because rows come while the thread is in a transaction of the comparison, and only once
 * there is something to write. Memory is bounded whatever the number of rows. For use by one thread.
 */
final class Range implements Consumer<DifferingRow>, AutoCloseable {

    private static final int MOST_CHARACTERS = 4 << 20;

    private static final String INSERT =
            """
            insert into changeover.comparison_difference
                (comparison, number, claim, kind, home, key, fields, left_record, right_record)
            select ?, r.number, ?, r.kind, r.home, r.key, r.fields, r."left", r."right"
            from jsonb_to_recordset(?::jsonb)
                as r (number bigint, kind text, home text, key text[], fields text[], "left" jsonb, "right" jsonb)
            """;

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final Run run;
    private final int buffer;
    private final StringBuilder rows = new StringBuilder();
    private final long most;
    private int buffered;
    private long number;
    private @Nullable Connection connection;

    /**
     * @param number the last number that is taken
     * @param options how many rows are held in memory, and how many are kept at all
     */
    Range(JdbcTemplate jdbc, ObjectMapper json, Run run, long number, ComparisonOptions options) {
        this.jdbc = jdbc;
        this.json = json;
        this.run = run;
        this.number = number;
        this.buffer = options.buffer();
        this.most = options.maxDifferences();
    }

    /** @throws RangeFailedException when the row cannot be written; whoever compares must not take that for its own */
    @Override
    public void accept(DifferingRow row) {
        run.check();
        if (number >= most) {
            return; // it counts, but so many nobody reads
        }
        try {
            append(row);
        } catch (DataAccessException e) {
            throw new RangeFailedException(e);
        }
    }

    private void append(DifferingRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", ++number);
        fields.put("kind", row.kind());
        fields.put("home", row.home());
        fields.put("key", row.key());
        fields.put("fields", row.fields());
        put(fields, "left", row.left());
        put(fields, "right", row.right());
        rows.append(rows.isEmpty() ? '[' : ',').append(Storable.text(json.writeValueAsString(fields)));
        if (++buffered >= buffer || rows.length() >= MOST_CHARACTERS) {
            write();
        }
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** The last number that is taken. */
    long number() {
        return number;
    }

    /**
     * Commits all that was found.
     *
     * @throws ComparisonStoppedException when the comparison is no longer this run's; nothing is committed
     */
    void commit(ParityProgress progress, OffsetDateTime now) {
        commit(
                """
                update changeover.comparison set progress = ?::json, heard_at = ?
                where id = ? and claim = ? and state = 'RUNNING'
                """,
                json.writeValueAsString(progress),
                now,
                run.id(),
                run.claim());
    }

    /** Commits all that was found, and that nothing more will be. */
    void finish(ParityProgress progress, ParityReport report, @Nullable String note, OffsetDateTime now) {
        commit(
                """
                update changeover.comparison
                set progress = ?::json, report = ?::json, note = ?, heard_at = ?, ended_at = ?, state = 'DONE'
                where id = ? and claim = ? and state = 'RUNNING'
                """,
                json.writeValueAsString(progress),
                json.writeValueAsString(report),
                note,
                now,
                now,
                run.id(),
                run.claim());
    }

    private void commit(String update, @Nullable Object... values) {
        write();
        try {
            Connection open = open();
            if (execute(open, update, values) == 0) {
                throw new ComparisonStoppedException();
            }
            open.commit();
        } catch (SQLException e) {
            throw translated("commit of a range", update, e);
        }
    }

    private void write() {
        if (buffered == 0) {
            return;
        }
        try {
            execute(open(), INSERT, run.id(), run.claim(), rows.append(']').toString());
        } catch (SQLException e) {
            throw translated("differences of a range", INSERT, e);
        }
        rows.setLength(0);
        buffered = 0;
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            DataSource source = Objects.requireNonNull(jdbc.getDataSource());
            open = source.getConnection();
            connection = open;
            open.setAutoCommit(false);
            // A process that hangs would keep the database from cleaning up.
            execute(open, "set local idle_in_transaction_session_timeout = '10min'");
        }
        return open;
    }

    private static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private DataAccessException translated(String task, String sql, SQLException e) {
        DataAccessException translated = jdbc.getExceptionTranslator().translate(task, sql, e);
        return translated == null ? new UncategorizedSQLException(task, sql, e) : translated;
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try (open) {
            open.rollback();
            open.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is broken, and the database rolls back by itself.
        }
    }
}
