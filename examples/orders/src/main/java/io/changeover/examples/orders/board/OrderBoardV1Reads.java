package io.changeover.examples.orders.board;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Serves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the first board. */
@Serves(view = "order-board", version = 1)
class OrderBoardV1Reads implements OrderBoard {

    private static final OrderBoardV1 VERSION = new OrderBoardV1();

    private final JdbcClient jdbc;

    OrderBoardV1Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<OrderBoardEntry> byId(String orderId) {
        return jdbc.sql("select * from views.order_board_v1 where order_id = ?")
                .param(orderId)
                .query(OrderBoardV1Reads::entry)
                .optional();
    }

    @Override
    public List<OrderBoardEntry> byStatus(OrderStatus status, int limit) {
        return jdbc.sql(
                        "select * from views.order_board_v1 where status = ? order by order_date desc, order_id desc limit ?")
                .param(status.label())
                .param(limit)
                .query(OrderBoardV1Reads::entry)
                .list();
    }

    @Override
    public List<OrderBoardEntry> recent(int limit) {
        return jdbc.sql("select * from views.order_board_v1 order by order_date desc, order_id desc limit ?")
                .param(limit)
                .query(OrderBoardV1Reads::entry)
                .list();
    }

    private static OrderBoardEntry entry(ResultSet row, int number) throws SQLException {
        return VERSION.entry(new OrderBoardV1.Row(
                row.getString("order_id"),
                row.getString("customer_id"),
                row.getString("customer"),
                row.getString("contact"),
                row.getObject("order_date", LocalDate.class),
                row.getObject("required_date", LocalDate.class),
                row.getObject("shipped_date", LocalDate.class),
                row.getString("status"),
                row.getBigDecimal("amount"),
                row.getString("currency")));
    }
}
