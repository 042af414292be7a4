package io.changeover.benchmark.replay.parity;

import io.changeover.benchmark.replay.store.Database;
import io.changeover.benchmark.replay.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rows that a view must have, folded from the stored events in SQL. */
public enum ExpectedView {
    /** Rows of {@code order-board@2}. */
    ORDER_BOARD(
            "order_board",
            List.of("order_id"),
            List.of(
                    "customer_id",
                    "customer_name",
                    "contact_given_name",
                    "contact_family_name",
                    "order_date",
                    "required_date",
                    "shipped_date",
                    "status",
                    "line_count",
                    "piece_count",
                    "total_minor_units",
                    "currency",
                    "changed_at")),
    /** Rows of {@code customer-account@2}. */
    CUSTOMER_ACCOUNT(
            "customer_account",
            List.of("customer_id"),
            List.of(
                    "customer_name",
                    "contact_given_name",
                    "contact_family_name",
                    "phone",
                    "country",
                    "order_count",
                    "ordered_minor_units",
                    "cancelled_minor_units",
                    "paid_minor_units",
                    "balance_minor_units",
                    "credit_limit_minor_units",
                    "last_activity")),
    /** Rows of {@code sales-fact@2}. */
    SALES_FACT(
            "sales_fact",
            List.of("order_id", "line_number"),
            List.of(
                    "customer_id",
                    "product_code",
                    "quantity",
                    "unit_price_minor_units",
                    "total_minor_units",
                    "currency",
                    "order_date",
                    "shipped_date",
                    "status")),
    /** Rows of {@code contact-changes@1}. */
    CONTACT_CHANGES(
            "contact_changes", List.of("customer_id"), List.of("changes", "family_name", "phone", "changed_at"));

    private static final List<String> PROVENANCE = List.of("_position", "_event_id");

    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, the type cannot say so
    private final List<String> key;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> columns;

    ExpectedView(String name, List<String> key, List<String> columns) {
        this.name = name;
        this.key = key;
        this.columns = columns;
    }

    /**
     * Compares the table with what it must hold.
     *
     * @param table qualified name
     * @param provenance whether the table tells the last event of each row, which must be right then too
     * @return number of rows that are missing, too many, or different in any column
     */
    public long differences(Database store, String table, boolean provenance) {
        make(store);
        List<String> compared = provenance ? both(both(key, columns), PROVENANCE) : both(key, columns);
        return store.number(
                """
                select count(*) from %s expected full outer join %s actual using (%s)
                where row(%s) is distinct from row(%s)
                """
                        .formatted(
                                table(),
                                table,
                                String.join(", ", key),
                                "expected." + String.join(", expected.", compared),
                                "actual." + String.join(", actual.", compared)));
    }

    /** Number of rows that the view must have. */
    public long rows(Database store) {
        make(store);
        return store.number("select count(*) from " + table());
    }

    private String table() {
        return Stores.SCHEMA + ".expected_" + name;
    }

    private void make(Database store) {
        if (!store.hasTable(table())) {
            store.run(
                    "set work_mem = '256MB'",
                    "create unlogged table %s as %s".formatted(table(), sql()),
                    "analyze " + table());
        }
    }

    private String sql() {
        String file = name + ".sql";
        try (InputStream in = Objects.requireNonNull(ExpectedView.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
