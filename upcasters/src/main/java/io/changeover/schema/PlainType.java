package io.changeover.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How Jackson writes a class that has no parts: a type of JSON Schema, and a format where one says more. */
record PlainType(String type, @Nullable String format) {

    private static final PlainType INT32 = new PlainType("integer", "int32");
    private static final PlainType INT64 = new PlainType("integer", "int64");
    private static final PlainType NUMBER = new PlainType("number", null);
    private static final PlainType BOOLEAN = new PlainType("boolean", null);

    private static final Map<Class<?>, PlainType> ALL = Map.ofEntries(
            Map.entry(String.class, new PlainType("string", null)),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT32),
            Map.entry(Integer.class, INT32),
            Map.entry(long.class, INT64),
            Map.entry(Long.class, INT64),
            Map.entry(BigInteger.class, new PlainType("integer", null)),
            Map.entry(float.class, NUMBER),
            Map.entry(Float.class, NUMBER),
            Map.entry(double.class, NUMBER),
            Map.entry(Double.class, NUMBER),
            Map.entry(BigDecimal.class, NUMBER),
            Map.entry(LocalDate.class, new PlainType("string", "date")),
            Map.entry(Instant.class, new PlainType("string", "date-time")),
            Map.entry(OffsetDateTime.class, new PlainType("string", "date-time")),
            Map.entry(LocalDateTime.class, new PlainType("string", "date-time-local")),
            Map.entry(LocalTime.class, new PlainType("string", "time-local")),
            Map.entry(UUID.class, new PlainType("string", "uuid")));

    static Optional<PlainType> of(Class<?> type) {
        return Optional.ofNullable(ALL.get(type));
    }

    ObjectNode schema() {
        ObjectNode schema = Json.object().put("type", type);
        return format == null ? schema : schema.put("format", format);
    }
}
