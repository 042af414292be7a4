package io.changeover.examples.orders.steelwheels;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source, row by row, as it is: nothing is trimmed, repaired or left out. Some names carry broken encodings such as
 * {@code Fru00e9du00e9rique} and some postal codes a leading blank; they stay, because an importer cannot know better
 * than the books.
 *
 * @param customers all customers
 * @param orders all orders
 * @param lines all order lines
 * @param payments all payments
 * @param facts the reporting table
 */
public record SteelWheels(
        List<CustomerRow> customers,
        List<OrderRow> orders,
        List<LineRow> lines,
        List<PaymentRow> payments,
        List<FactRow> facts) {

    /** A row of {@code customers}; the limit is in whole dollars. */
    public record CustomerRow(
            int number,
            String name,
            String contactFirstName,
            String contactLastName,
            String phone,
            String addressLine1,
            @Nullable String addressLine2,
            String city,
            @Nullable String state,
            @Nullable String postalCode,
            String country,
            BigDecimal creditLimit) {}

    /** A row of {@code orders}; the shipped date of an order that never left is the instant of the load, in 2006. */
    public record OrderRow(
            int number,
            LocalDateTime orderDate,
            LocalDateTime requiredDate,
            LocalDateTime shippedDate,
            String status,
            @Nullable String comments,
            int customerNumber) {}

    /** A row of {@code orderdetails}; the price lost its cents. */
    public record LineRow(
            int orderNumber, int lineNumber, String productCode, int quantityOrdered, BigDecimal priceEach) {}

    /** A row of {@code payments}; the amount lost its cents. */
    public record PaymentRow(int customerNumber, String checkNumber, LocalDateTime paymentDate, BigDecimal amount) {}

    /** A row of {@code orderfact}. */
    public record FactRow(
            int orderNumber,
            int lineNumber,
            String productCode,
            int quantityOrdered,
            BigDecimal priceEach,
            double totalPrice,
            LocalDateTime orderDate,
            LocalDateTime requiredDate,
            LocalDateTime shippedDate,
            String status,
            @Nullable String comments,
            int customerNumber) {}

    @FunctionalInterface
    private interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private static final String URL = "jdbc:hsqldb:res:/steelwheels;readonly=true;shutdown=true";

    /**
     * Reads everything from the class path.
     *
     * @throws IllegalStateException when the data cannot be read
     */
    public static SteelWheels read() {
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement()) {
            return new SteelWheels(
                    rows(statement, "customers", SteelWheels::customer),
                    rows(statement, "orders", SteelWheels::order),
                    rows(statement, "orderdetails", SteelWheels::line),
                    rows(statement, "payments", SteelWheels::payment),
                    rows(statement, "orderfact", SteelWheels::fact));
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The Steel Wheels data at '%s' must be readable but is not: %s; add net.hydromatic:steelwheels-data-hsqldb and org.hsqldb:hsqldb to the class path"
                            .formatted(URL, e.getMessage()),
                    e);
        }
    }

    private static <T> List<T> rows(Statement statement, String table, Mapper<T> mapper) throws SQLException {
        try (ResultSet result = statement.executeQuery("select * from \"steelwheels\".\"%s\"".formatted(table))) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapper.map(result));
            }
            return List.copyOf(rows);
        }
    }

    private static CustomerRow customer(ResultSet row) throws SQLException {
        return new CustomerRow(
                row.getInt("CUSTOMERNUMBER"),
                row.getString("CUSTOMERNAME"),
                row.getString("CONTACTFIRSTNAME"),
                row.getString("CONTACTLASTNAME"),
                row.getString("PHONE"),
                row.getString("ADDRESSLINE1"),
                row.getString("ADDRESSLINE2"),
                row.getString("CITY"),
                row.getString("STATE"),
                row.getString("POSTALCODE"),
                row.getString("COUNTRY"),
                row.getBigDecimal("CREDITLIMIT"));
    }

    private static OrderRow order(ResultSet row) throws SQLException {
        return new OrderRow(
                row.getInt("ORDERNUMBER"),
                time(row, "ORDERDATE"),
                time(row, "REQUIREDDATE"),
                time(row, "SHIPPEDDATE"),
                row.getString("STATUS"),
                row.getString("COMMENTS"),
                row.getInt("CUSTOMERNUMBER"));
    }

    private static LineRow line(ResultSet row) throws SQLException {
        return new LineRow(
                row.getInt("ORDERNUMBER"),
                row.getInt("ORDERLINENUMBER"),
                row.getString("PRODUCTCODE"),
                row.getInt("QUANTITYORDERED"),
                row.getBigDecimal("PRICEEACH"));
    }

    private static PaymentRow payment(ResultSet row) throws SQLException {
        return new PaymentRow(
                row.getInt("CUSTOMERNUMBER"),
                row.getString("CHECKNUMBER"),
                time(row, "PAYMENTDATE"),
                row.getBigDecimal("AMOUNT"));
    }

    private static FactRow fact(ResultSet row) throws SQLException {
        return new FactRow(
                row.getInt("ORDERNUMBER"),
                row.getInt("ORDERLINENUMBER"),
                row.getString("PRODUCTCODE"),
                row.getInt("QUANTITYORDERED"),
                row.getBigDecimal("PRICEEACH"),
                row.getDouble("TOTALPRICE"),
                time(row, "ORDERDATE"),
                time(row, "REQUIREDDATE"),
                time(row, "SHIPPEDDATE"),
                row.getString("STATUS"),
                row.getString("COMMENTS"),
                row.getInt("CUSTOMERNUMBER"));
    }

    private static LocalDateTime time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class); // never Timestamp, which would depend on the time zone
    }
}
