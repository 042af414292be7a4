package io.changeover.benchmark.invoice;

import java.util.Locale;

/** How the keys of invoices come about. */
public enum Keys {
    /** Numbers in the order of their issue, so that rows lie in the table about as they lie in the index. */
    SEQUENTIAL("'i-' || lpad(%s::text, 9, '0')"),
    /** Sixteen hexadecimal digits that lie anywhere. */
    SCATTERED("substr(md5(%s::text), 1, 16)");

    private static final int DIGITS = 9;

    private final String sql;

    Keys(String sql) {
        this.sql = sql;
    }

    /** The key of an invoice by its number, in SQL. */
    String sql(String number) {
        return sql.formatted(number);
    }

    /** The key of the invoice of that number where keys are sequential. */
    public static String sequential(long number) {
        String digits = Long.toString(number);
        return "i-" + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
