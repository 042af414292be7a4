package io.changeover.examples.orders.sales;

import io.changeover.examples.orders.model.OrderStatus;
import io.changeover.view.Serves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the folded sales. Nobody reads the reporting team's table through us, so version 1 has no reads. */
@Serves(view = "sales-fact", version = 2)
class SalesFactV2Reads implements SalesFacts {

    private static final SalesFactV2 VERSION = new SalesFactV2();

    private final JdbcClient jdbc;

    SalesFactV2Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<SalesFactEntry> ofOrder(String orderId) {
        return jdbc.sql("select * from views.sales_fact_v2 where order_id = ? order by line_number")
                .param(orderId)
                .query(SalesFactV2Reads::entry)
                .list();
    }

    @Override
    public List<SalesFactEntry> ofProduct(String productCode, int limit) {
        return jdbc.sql(
                        "select * from views.sales_fact_v2 where product_code = ? order by order_date desc, order_id desc, line_number limit ?")
                .param(productCode)
                .param(limit)
                .query(SalesFactV2Reads::entry)
                .list();
    }

    private static SalesFactEntry entry(ResultSet row, int number) throws SQLException {
        return VERSION.entry(new SalesFactV2.Row(
                row.getString("order_id"),
                row.getInt("line_number"),
                row.getString("customer_id"),
                row.getString("product_code"),
                row.getInt("quantity"),
                row.getLong("unit_price_minor_units"),
                row.getLong("total_minor_units"),
                row.getString("currency"),
                row.getObject("order_date", LocalDate.class),
                row.getObject("shipped_date", LocalDate.class),
                OrderStatus.valueOf(row.getString("status"))));
    }
}
