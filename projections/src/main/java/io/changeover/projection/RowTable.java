package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
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
    private final ObjectMapper json;
    private final String table;
    private final String columnList;
    private final String upsert;

    /** The table of the version; the mapper serves its JSON columns. */
    public RowTable(FoldedVersion version, ObjectMapper json) {
        this(version, json, SCHEMA);
    }

    /** A table of the same columns and indexes that only this session sees, and that is gone when the session is. */
    static RowTable temporary(FoldedVersion version, ObjectMapper json) {
        return new RowTable(version, json, "pg_temp");
    }

    private RowTable(FoldedVersion version, ObjectMapper json, String schema) {
        this.version = version;
        this.codec = new RowCodec(version.rows(), json);
        this.json = json;
        this.table = schema + "." + quoted(version.id().tableName());
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
     * Creates the table if it is not there, and its primary key if it has none.
     *
     * @throws RowTableMismatchException when it is there with other columns
     */
    void create(JdbcOperations jdbc) {
        createWithoutKey(jdbc);
        createKey(jdbc);
    }

    /**
     * Creates the table if it is not there, without any key, since rows are loaded twice as fast into a table that has
     * none. Keeps others from doing so until the transaction ends: nodes that start together would else create it at the
     * same moment, and all but the first fail.
     *
     * @throws RowTableMismatchException when it is there with other columns
     */
    void createWithoutKey(JdbcOperations jdbc) {
        jdbc.query("select pg_advisory_xact_lock(hashtextextended(?, 0))", result -> {}, table);
        String columns = version.rows().columns().stream()
                .map(column -> "%s %s%s"
                        .formatted(quoted(column.name()), column.type().sql(), column.nullable() ? "" : " not null"))
                .collect(Collectors.joining(", "));
        jdbc.execute("create table if not exists %s (%s, _position bigint not null, _event_id text not null)"
                .formatted(table, columns));
        requireSameColumns(jdbc);
    }

    /** Creates the primary key, without which no row can be found, if it is not there. */
    void createKey(JdbcOperations jdbc) {
        if (!hasKey(jdbc)) {
            // Nodes that build segments of one version may come to this at once; the lock is the same as the one to
            // come.
            jdbc.execute(
                    """
                    do $$ begin
                        lock table %1$s in access exclusive mode;
                        if not exists (select from pg_index where indrelid = '%1$s'::regclass and indisprimary) then
                            alter table %1$s add primary key (%2$s);
                        end if;
                    end $$
                    """
                            .formatted(table, keyList()));
        }
    }

    private boolean hasKey(JdbcOperations jdbc) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_index where indrelid = ?::regclass and indisprimary)",
                Boolean.class,
                table));
    }

    boolean exists(JdbcOperations jdbc) {
        return Boolean.TRUE.equals(jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table));
    }

    /** Removes all rows. */
    void empty(JdbcOperations jdbc) {
        jdbc.execute("truncate table " + table);
    }

    /** Removes the table itself, if it is there. */
    void drop(JdbcOperations jdbc) {
        jdbc.execute("drop table if exists " + table);
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

    /** Writes the rows in one statement, whether they exist or not. */
    void upsert(JdbcOperations jdbc, List<StoredRow> rows) {
        List<Column> columns = version.rows().columns();
        List<String[]> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            values.add(rows.stream()
                    .map(stored -> codec.text(column, stored.row()))
                    .toArray(String[]::new));
        }
        values.add(rows.stream().map(stored -> Long.toString(stored.position())).toArray(String[]::new));
        values.add(rows.stream().map(StoredRow::eventId).toArray(String[]::new));
        String selected = columns.stream()
                        .map(column -> cast(column, "given." + quoted(column.name())))
                        .collect(Collectors.joining(", "))
                + ", given._position::bigint, given._event_id";
        jdbc.update(connection -> withArrays(
                connection,
                "insert into %s (%s) select %s from %s as given (%s)%s"
                        .formatted(table, columnList, selected, unnest(values.size()), columnList, upsert),
                values));
    }

    void delete(JdbcOperations jdbc, List<RowKey> keys) {
        List<Column> columns = version.rows().keys();
        List<String[]> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            values.add(
                    keys.stream().map(key -> key.parts().get(column).toString()).toArray(String[]::new));
        }
        String where = columns.stream()
                .map(column -> "stored.%1$s = %2$s"
                        .formatted(quoted(column.name()), cast(column, "given." + quoted(column.name()))))
                .collect(Collectors.joining(" and "));
        jdbc.update(connection -> withArrays(
                connection,
                "delete from %s as stored using %s as given (%s) where %s"
                        .formatted(table, unnest(values.size()), keyList(), where),
                values));
    }

    private static PreparedStatement withArrays(Connection connection, String sql, List<String[]> values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setArray(i + 1, connection.createArrayOf("text", values.get(i)));
        }
        return statement;
    }

    private static String unnest(int arrays) {
        return "unnest(%s)".formatted(String.join(", ", Collections.nCopies(arrays, "?::text[]")));
    }

    private static String cast(Column column, String value) {
        return column.type().sql().equals("text")
                ? value
                : value + "::" + column.type().sql();
    }

    /** Loads rows that do not exist yet, by COPY. */
    void copyNew(JdbcOperations jdbc, List<StoredRow> rows, CopyPace pace) {
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, table, rows, pace));
    }

    /** Replaces rows that exist, by COPY into a table of this session and one statement. */
    void copyChanged(JdbcOperations jdbc, List<StoredRow> rows, CopyPace pace) {
        String staging = quoted("staging_" + version.id().tableName());
        jdbc.execute(
                "create temporary table if not exists %s (like %s) on commit delete rows".formatted(staging, table));
        jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, staging, rows, pace));
        jdbc.execute(
                "insert into %s (%s) select %s from %s%s".formatted(table, columnList, columnList, staging, upsert));
    }

    private long copy(Connection connection, String target, List<StoredRow> rows, CopyPace pace) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy %s (%s) from stdin (format binary)".formatted(target, columnList));
        try {
            BinaryRows binary = new BinaryRows(version.rows(), json);
            for (int i = 0; i < rows.size(); i++) {
                binary.append(rows.get(i));
                binary.flush(copy);
                if (i % BATCH == BATCH - 1) {
                    pace.copied(BATCH);
                }
            }
            binary.finish(copy);
            copy.endCopy();
            return binary.bytes();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
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
