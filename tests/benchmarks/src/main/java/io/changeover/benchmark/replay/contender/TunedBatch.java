package io.changeover.benchmark.replay.contender;

import io.changeover.examples.orders.event.OrderPlaced;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What one batch does to each row, folded: a new row, or how much is added to the one that is there and what it becomes.
 * So nothing has to be read, and each row is written once.
 */
final class TunedBatch {

    private static final String UNCHANGED = "";

    private final JdbcTemplate jdbc;
    private final String sql;
    private final Map<String, BoardRow> rows = new LinkedHashMap<>();

    TunedBatch(JdbcTemplate jdbc, String table) {
        this.jdbc = jdbc;
        this.sql =
                """
                insert into %s as board (%s) values (%s) on conflict (order_id) do update set
                    line_count = board.line_count + excluded.line_count,
                    piece_count = board.piece_count + excluded.piece_count,
                    total_minor_units = board.total_minor_units + excluded.total_minor_units,
                    status = case excluded.status when '%s' then board.status else excluded.status end,
                    shipped_date = coalesce(excluded.shipped_date, board.shipped_date),
                    changed_at = excluded.changed_at"""
                        .formatted(
                                table,
                                BoardRow.COLUMNS,
                                Arrays.stream(BoardRow.COLUMNS.split(", "))
                                        .map(column -> "?")
                                        .collect(Collectors.joining(", ")),
                                UNCHANGED);
    }

    void add(Object event, Instant time) {
        String order = Objects.requireNonNull(BoardRow.orderOf(event));
        BoardRow row = rows.computeIfAbsent(order, BoardRow::new);
        if (event instanceof OrderPlaced placed) {
            row.place(placed);
        } else {
            row.apply(event);
        }
        row.changedAt = time;
    }

    void write() {
        jdbc.batchUpdate(sql, rows.values(), Integer.MAX_VALUE, TunedBatch::bind);
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
        statement.setString(9, row.status == null ? UNCHANGED : row.status.name());
        statement.setInt(10, row.lineCount);
        statement.setInt(11, row.pieceCount);
        statement.setLong(12, row.totalMinorUnits);
        statement.setString(13, row.currency);
        statement.setObject(14, row.changedAt.atOffset(ZoneOffset.UTC));
    }
}
