package io.changeover.examples.orders.account;

import io.changeover.view.Serves;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the second account. */
@Serves(view = "customer-account", version = 2)
class CustomerAccountV2Reads implements CustomerAccount {

    private static final CustomerAccountV2 VERSION = new CustomerAccountV2();

    private final JdbcClient jdbc;

    CustomerAccountV2Reads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<CustomerAccountEntry> byId(String customerId) {
        return jdbc.sql("select * from views.customer_account_v2 where customer_id = ?")
                .param(customerId)
                .query(CustomerAccountV2Reads::entry)
                .optional();
    }

    @Override
    public List<CustomerAccountEntry> greatestBalances(int limit) {
        return jdbc.sql(
                        "select * from views.customer_account_v2 order by balance_minor_units desc, customer_id limit ?")
                .param(limit)
                .query(CustomerAccountV2Reads::entry)
                .list();
    }

    private static CustomerAccountEntry entry(ResultSet row, int number) throws SQLException {
        return VERSION.entry(new CustomerAccountV2.Row(
                row.getString("customer_id"),
                row.getString("customer_name"),
                row.getString("contact_given_name"),
                row.getString("contact_family_name"),
                row.getString("phone"),
                row.getString("country"),
                row.getInt("order_count"),
                row.getLong("ordered_minor_units"),
                row.getLong("cancelled_minor_units"),
                row.getLong("paid_minor_units"),
                row.getLong("balance_minor_units"),
                row.getObject("credit_limit_minor_units", Long.class),
                row.getObject("last_activity", OffsetDateTime.class).toInstant()));
    }
}
