package io.changeover.examples.orders.account;

import io.changeover.view.Serves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the first account. */
@Serves(view = "customer-account", version = 1)
class CustomerAccountV1Reads implements CustomerAccount {

    private static final CustomerAccountV1 VERSION = new CustomerAccountV1();

    private final JdbcClient jdbc;

    CustomerAccountV1Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<CustomerAccountEntry> byId(String customerId) {
        return jdbc.sql("select * from views.customer_account_v1 where customer_id = ?")
                .param(customerId)
                .query(CustomerAccountV1Reads::entry)
                .optional();
    }

    @Override
    public List<CustomerAccountEntry> greatestBalances(int limit) {
        return jdbc.sql(
                        "select * from views.customer_account_v1 order by ordered - cancelled - paid desc, customer_id limit ?")
                .param(limit)
                .query(CustomerAccountV1Reads::entry)
                .list();
    }

    private static CustomerAccountEntry entry(ResultSet row, int number) throws SQLException {
        return VERSION.entry(new CustomerAccountV1.Row(
                row.getString("customer_id"),
                row.getString("customer"),
                row.getString("contact"),
                row.getInt("orders"),
                row.getBigDecimal("ordered"),
                row.getBigDecimal("cancelled"),
                row.getBigDecimal("paid"),
                row.getObject("last_activity", OffsetDateTime.class).toInstant()));
    }
}
