package io.changeover.examples.orders.board;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Serves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the second board. */
@Serves(view = "order-board", version = 2)
class OrderBoardV2Reads implements OrderBoard {

    private static final OrderBoardV2 VERSION = new OrderBoardV2();

    private final JdbcClient jdbc;

    OrderBoardV2Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<OrderBoardEntry> byId(String orderId) {
        return jdbc.sql("select * from views.order_board_v2 where order_id = ?")
                .param(orderId)
                .query(OrderBoardV2Reads::entry)
                .optional();
    }

    @Override
    public List<OrderBoardEntry> byStatus(OrderStatus status, int limit) {
        return jdbc.sql(
                        "select * from views.order_board_v2 where status = ? order by order_date desc, order_id desc limit ?")
                .param(status.name())
                .param(limit)
                .query(OrderBoardV2Reads::entry)
                .list();
    }

    @Override
    public List<OrderBoardEntry> recent(int limit) {
        return jdbc.sql("select * from views.order_board_v2 order by order_date desc, order_id desc limit ?")
                .param(limit)
                .query(OrderBoardV2Reads::entry)
                .list();
    }

    private static OrderBoardEntry entry(ResultSet row, int number) throws SQLException {
        return VERSION.entry(new OrderBoardV2.Row(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getString("customer_name"),
                row.getString("contact_given_name"),
                row.getString("contact_family_name"),
                row.getObject("order_date", LocalDate.class),
                row.getObject("required_date", LocalDate.class),
                row.getObject("shipped_date", LocalDate.class),
                OrderStatus.valueOf(row.getString("status")),
                row.getInt("line_count"),
                row.getInt("piece_count"),
                row.getLong("total_minor_units"),
                row.getString("currency"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant()));
    }
}
