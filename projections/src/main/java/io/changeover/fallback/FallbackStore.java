package io.changeover.fallback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;

/** Keeps counts, of each node and changeover. */
final class FallbackStore {

    private static final String ADD = ("insert into changeover.fallback_count"
                    + " (changeover_id, version, node, view, %s) values (?, ?, ?, ?, %s)"
                    + " on conflict (changeover_id, version, node) do update set last_at = clock_timestamp(), %s")
            .formatted(columns("%s"), columns("?"), columns("%1$s = fallback_count.%1$s + excluded.%1$s"));

    private static final String SUM = "select %s from changeover.fallback_count where changeover_id = ? and version = ?"
            .formatted(columns("coalesce(sum(%1$s), 0)::bigint as %1$s"));

    private final JdbcOperations jdbc;
    private final String node;

    FallbackStore(JdbcOperations jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    private static String columns(String pattern) {
        return Arrays.stream(Outcome.values())
                .map(outcome -> pattern.formatted(column(outcome)))
                .collect(Collectors.joining(", "));
    }

    private static String column(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** Adds them to those of this node. Not idempotent. */
    void add(Changing changing, FallbackCounts counts) {
        List<Object> values =
                new ArrayList<>(List.of(changing.changeover(), changing.version(), node, changing.view()));
        for (Outcome outcome : Outcome.values()) {
            values.add(counts.of(outcome));
        }
        jdbc.update(ADD, values.toArray());
    }

    /** What all nodes have kept. */
    FallbackCounts sum(Changing changing) {
        return Objects.requireNonNull(jdbc.queryForObject(
                SUM,
                (row, number) -> {
                    Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
                    for (Outcome outcome : Outcome.values()) {
                        sums.put(outcome, row.getLong(column(outcome)));
                    }
                    return FallbackCounts.of(outcome -> sums.getOrDefault(outcome, 0L));
                },
                changing.changeover(),
                changing.version()));
    }

    String node() {
        return node;
    }
}
