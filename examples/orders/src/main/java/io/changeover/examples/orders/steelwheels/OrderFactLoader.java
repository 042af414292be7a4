package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.steelwheels.SteelWheels.FactRow;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stands in for the reporting team's load: copies their table once for each imported copy, and notes the position of the
 * event store at that moment, because nobody maintains the table afterwards.
 */
final class OrderFactLoader {

    private static final String INSERT =
            """
            insert into legacy.orderfact (order_number, order_line_number, product_code, quantity_ordered, price_each,
                total_price, order_date, required_date, shipped_date, status, comments, customer_number)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;

    OrderFactLoader(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Loads the copies that are missing, all in one transaction.
     *
     * @return how many rows were loaded
     */
    int load(List<FactRow> facts, int copies) {
        Integer loaded = transactions.execute(status -> {
            jdbc.execute("lock table legacy.orderfact_load in share row exclusive mode");
            Integer present =
                    jdbc.queryForObject("select coalesce(max(copies), 0) from legacy.orderfact_load", Integer.class);
            int first = present == null ? 0 : present;
            if (first >= copies) {
                return 0;
            }
            for (int copy = first; copy < copies; copy++) {
                insert(facts, new CopyKeys(copy));
            }
            jdbc.update(
                    "insert into legacy.orderfact_load (copies, position) select ?, coalesce(max(global_index), 0) from domain_event_entry",
                    copies);
            return (copies - first) * facts.size();
        });
        return loaded == null ? 0 : loaded;
    }

    private void insert(List<FactRow> facts, CopyKeys keys) {
        jdbc.batchUpdate(INSERT, facts, facts.size(), (statement, fact) -> {
            statement.setString(1, keys.of(fact.orderNumber()));
            statement.setInt(2, fact.lineNumber());
            statement.setString(3, fact.productCode());
            statement.setInt(4, fact.quantityOrdered());
            statement.setBigDecimal(5, fact.priceEach());
            statement.setDouble(6, fact.totalPrice());
            statement.setObject(7, fact.orderDate());
            statement.setObject(8, fact.requiredDate());
            statement.setObject(9, fact.shippedDate());
            statement.setString(10, fact.status());
            statement.setString(11, fact.comments());
            statement.setString(12, keys.of(fact.customerNumber()));
        });
    }
}
