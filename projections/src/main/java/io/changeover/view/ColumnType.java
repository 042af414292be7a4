package io.changeover.view;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How a component of a row is stored in PostgreSQL. */
public enum ColumnType {
    /** A string. */
    TEXT("text", String.class),
    /** A 32-bit integer. */
    INTEGER("integer", int.class, Integer.class),
    /** A 64-bit integer. */
    BIGINT("bigint", long.class, Long.class),
    /** A truth value. */
    BOOLEAN("boolean", boolean.class, Boolean.class),
    /** A 64-bit floating point number. */
    DOUBLE("double precision", double.class, Double.class),
    /** A decimal number of any precision. */
    NUMERIC("numeric", BigDecimal.class),
    /** An instant, kept to the microsecond. */
    TIMESTAMP("timestamptz", Instant.class),
    /** A date without a time zone. */
    DATE("date", LocalDate.class),
    /** A UUID. */
    UUID("uuid", UUID.class),
    /** A constant of an enum, by its name. */
    ENUM("text"),
    /** Anything else, as JSON. */
    JSON("jsonb");

    private static final Set<ColumnType> KEYS = Set.of(TEXT, INTEGER, BIGINT, UUID);

    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, the type cannot say so
    private final Set<Class<?>> javaTypes;

    ColumnType(String sql, Class<?>... javaTypes) {
        this.sql = sql;
        this.javaTypes = Set.of(javaTypes);
    }

    /** The SQL type of the column. */
    public String sql() {
        return sql;
    }

    boolean fitsKey() {
        return KEYS.contains(this);
    }

    static ColumnType of(Class<?> javaType) {
        if (javaType.isEnum()) {
            return ENUM;
        }
        Optional<ColumnType> plain = Arrays.stream(values())
                .filter(type -> type.javaTypes.contains(javaType))
                .findFirst();
        return plain.orElse(JSON);
    }
}
