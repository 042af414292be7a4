package io.changeover.benchmark.replay.contender;

import io.changeover.examples.orders.event.OrderPlaced;
import io.changeover.examples.orders.model.OrderStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The events of one batch: reads the rows that it needs at once, folds, and writes each row once. */
final class TunedBatch {

    /** One event with its time. */
    private record Timed(Object event, Instant time) {}

    private final JdbcTemplate jdbc;
    private final String table;
    private final List<Timed> events = new ArrayList<>();

    TunedBatch(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    void add(Object event, Instant time) {
        events.add(new Timed(event, time));
    }

    void write() {
        Map<String, BoardRow> rows = new LinkedHashMap<>();
        load(rows);
        for (Timed timed : events) {
            BoardRow row;
            if (timed.event() instanceof OrderPlaced placed) {
                row = BoardRow.placed(placed);
                rows.put(row.orderId, row);
            } else {
                row = Objects.requireNonNull(rows.get(BoardRow.orderOf(timed.event())));
                row.apply(timed.event());
            }
            row.changedAt = timed.time();
        }
        upsert(rows.values());
    }

    private void load(Map<String, BoardRow> rows) {
        Set<String> placed = new LinkedHashSet<>();
        Set<String> wanted = new LinkedHashSet<>();
        for (Timed timed : events) {
            String order = Objects.requireNonNull(BoardRow.orderOf(timed.event()));
            if (timed.event() instanceof OrderPlaced) {
                placed.add(order);
            } else if (!placed.contains(order)) {
                wanted.add(order);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            "select %s from %s where order_id = any(?)".formatted(BoardRow.COLUMNS, table));
                    statement.setArray(1, connection.createArrayOf("text", wanted.toArray()));
                    return statement;
                },
                result -> {
                    BoardRow row = read(result);
                    rows.put(row.orderId, row);
                });
    }

    private static BoardRow read(ResultSet result) throws SQLException {
        BoardRow row = new BoardRow(result.getString(1));
        row.customerId = result.getString(2);
        row.customerName = result.getString(3);
        row.contactGivenName = result.getString(4);
        row.contactFamilyName = result.getString(5);
        row.orderDate = result.getObject(6, LocalDate.class);
        row.requiredDate = result.getObject(7, LocalDate.class);
        row.shippedDate = result.getObject(8, LocalDate.class);
        row.status = OrderStatus.valueOf(result.getString(9));
        row.lineCount = result.getInt(10);
        row.pieceCount = result.getInt(11);
        row.totalMinorUnits = result.getLong(12);
        row.currency = result.getString(13);
        row.changedAt = result.getObject(14, OffsetDateTime.class).toInstant();
        return row;
    }

    private void upsert(Collection<BoardRow> rows) {
        List<String> columns = Arrays.stream(BoardRow.COLUMNS.split(", ")).toList();
        String sql = "insert into %s (%s) values (%s) on conflict (order_id) do update set %s"
                .formatted(
                        table,
                        BoardRow.COLUMNS,
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
                        columns.stream()
                                .skip(1)
                                .map(column -> column + " = excluded." + column)
                                .collect(Collectors.joining(", ")));
        jdbc.batchUpdate(sql, rows, Integer.MAX_VALUE, TunedBatch::bind);
    }

    private static void bind(PreparedStatement statement, BoardRow row) throws SQLException {
        statement.setString(1, row.orderId);
        statement.setString(2, row.customerId);
        statement.setString(3, row.customerName);
        statement.setString(4, row.contactGivenName);
        statement.setString(5, row.contactFamilyName);
        statement.setObject(6, row.orderDate);
        statement.setObject(7, row.requiredDate);
        statement.setObject(8, row.shippedDate, Types.DATE); // null, too, has to have the type
        statement.setString(9, row.status.name());
        statement.setInt(10, row.lineCount);
        statement.setInt(11, row.pieceCount);
        statement.setLong(12, row.totalMinorUnits);
        statement.setString(13, row.currency);
        statement.setObject(14, row.changedAt.atOffset(ZoneOffset.UTC));
    }
}
