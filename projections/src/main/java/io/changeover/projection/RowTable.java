package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.ObjectMapper;

/**
 * The table of one folded version. Every method works on the connection of the surrounding transaction, if there is one.
 */
public final class RowTable {

    /** Schema in which all tables of view versions lie. */
    public static final String SCHEMA = "views";

    private static final int BATCH = 1_000;
    private static final int MAX_NAME = 63;

    private final FoldedVersion version;
    private final RowCodec codec;
    private final String table;
    private final String columnList;
    private final String upsert;

    /** The table of the version; the mapper serves its JSON columns. */
    public RowTable(FoldedVersion version, ObjectMapper json) {
        this.version = version;
        this.codec = new RowCodec(version.rows(), json);
        this.table = SCHEMA + "." + quoted(version.id().tableName());
        this.columnList = version.rows().columns().stream()
                        .map(column -> quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + ", _position, _event_id";
        this.upsert = " on conflict (%s) do update set (%s) = row(%s)"
                .formatted(
                        keyList(),
                        columnList,
                        version.rows().columns().stream()
                                        .map(column -> "excluded." + quoted(column.name()))
                                        .collect(Collectors.joining(", "))
                                + ", excluded._position, excluded._event_id");
    }

    /** Qualified and quoted name. */
    public String name() {
        return table;
    }

    RowCodec codec() {
        return codec;
    }

    /**
     * Creates the table if it is not there.
     *
     * @throws RowTableMismatchException when it is there with other columns
     */
    void create(JdbcOperations jdbc) {
        String columns = version.rows().columns().stream()
                .map(column -> "%s %s%s"
                        .formatted(quoted(column.name()), column.type().sql(), column.nullable() ? "" : " not null"))
                .collect(Collectors.joining(", "));
        jdbc.execute(
                "create table if not exists %s (%s, _position bigint not null, _event_id text not null, primary key (%s))"
                        .formatted(table, columns, keyList()));
        requireSameColumns(jdbc);
    }

    private void requireSameColumns(JdbcOperations jdbc) {
        List<String> found = jdbc.queryForList(
                """
                select attname || ' ' || format_type(atttypid, atttypmod) from pg_attribute
                where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum
                """,
                String.class,
                table);
        List<String> expected = new ArrayList<>();
        for (Column column : version.rows().columns()) {
            String type = column.type().sql();
            expected.add(column.name() + " " + (type.equals("timestamptz") ? "timestamp with time zone" : type));
        }
        expected.addAll(List.of("_position bigint", "_event_id text"));
        if (!found.equals(expected)) {
            throw new RowTableMismatchException(version.id(), table, found, expected);
        }
    }

    /** Builds the secondary indexes that are not there yet, and the statistics. */
    void createIndexes(JdbcOperations jdbc) {
        for (Column column : version.rows().columns()) {
            if (column.indexed()) {
                jdbc.execute("create index if not exists %s on %s (%s)"
                        .formatted(quoted(indexName(column)), table, quoted(column.name())));
            }
        }
        jdbc.execute("analyze " + table);
    }

    /** PostgreSQL cuts names at 63 bytes, and two indexes that are cut alike would be taken for one. */
    private String indexName(Column column) {
        String name = version.id().tableName() + "_" + column.name();
        return name.length() <= MAX_NAME
                ? name
                : name.substring(0, MAX_NAME - 9) + "_" + "%08x".formatted(name.hashCode());
    }

    /** All rows of the homes. */
    List<StoredRow> load(JdbcOperations jdbc, Collection<?> homes) {
        Column home = version.rows().keys().get(0);
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            "select %s from %s where %s = any(?)".formatted(columnList, table, quoted(home.name())));
                    statement.setArray(1, connection.createArrayOf(home.type().sql(), homes.toArray()));
                    return statement;
                },
                (result, index) ->
                        new StoredRow(codec.read(result), result.getLong("_position"), result.getString("_event_id")));
    }

    /** Writes the rows one statement a batch, whether they exist or not. */
    void upsert(JdbcOperations jdbc, List<StoredRow> rows) {
        String values = version.rows().columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        String sql = "insert into %s (%s) values (%s, ?, ?)%s".formatted(table, columnList, values, upsert);
        jdbc.batchUpdate(sql, rows, BATCH, (statement, stored) -> {
            int next = codec.bind(statement, 1, stored.row());
            statement.setLong(next, stored.position());
            statement.setString(next + 1, stored.eventId());
        });
    }

    void delete(JdbcOperations jdbc, List<RowKey> keys) {
        String where = version.rows().keys().stream()
                .map(column -> quoted(column.name()) + " = ?")
                .collect(Collectors.joining(" and "));
        jdbc.batchUpdate("delete from %s where %s".formatted(table, where), keys, BATCH, (statement, key) -> {
            for (int i = 0; i < key.size(); i++) {
                statement.setObject(i + 1, key.parts().get(i));
            }
        });
    }

    /** Loads rows that do not exist yet, by COPY. */
    void copyNew(JdbcOperations jdbc, List<StoredRow> rows) {
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, table, rows));
    }

    /** Replaces rows that exist, by COPY into a table of this session and one statement. */
    void copyChanged(JdbcOperations jdbc, List<StoredRow> rows) {
        String staging = quoted("staging_" + version.id().tableName());
        jdbc.execute(
                "create temporary table if not exists %s (like %s) on commit delete rows".formatted(staging, table));
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, staging, rows));
        jdbc.execute(
                "insert into %s (%s) select %s from %s%s".formatted(table, columnList, columnList, staging, upsert));
    }

    private long copy(Connection connection, String target, List<StoredRow> rows) throws SQLException {
        StringBuilder text = new StringBuilder(rows.size() * 64);
        for (StoredRow stored : rows) {
            codec.appendCopy(text, stored.row());
            text.append('\t').append(stored.position()).append('\t');
            RowCodec.appendEscaped(text, stored.eventId());
            text.append('\n');
        }
        try {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy %s (%s) from stdin".formatted(target, columnList), new StringReader(text.toString()));
        } catch (IOException e) {
            throw new SQLException("COPY into %s was interrupted: %s".formatted(target, e.getMessage()), e);
        }
    }

    private String keyList() {
        return version.rows().keys().stream()
                .map(column -> quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Component names may be words of SQL; they hold letters, digits and underscores only, so quoting is safe. */
    static String quoted(String identifier) {
        return '"' + identifier + '"';
    }
}
