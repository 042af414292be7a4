package io.changeover.comparison;

import io.changeover.comparison.DifferenceGroups.Numbers;
import io.changeover.comparison.DifferenceGroups.OfField;
import io.changeover.comparison.DifferenceGroups.OfKind;
import io.changeover.comparison.DifferenceGroups.Pair;
import io.changeover.parity.DifferingRow.Kind;
import io.changeover.parity.ExactJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Groups differences in the database. */
final class DifferenceGrouping {

    private static final int PAIRS = 10;
    private static final int LONGEST = 500;

    private static final String KINDS =
            """
            select kind, count(*) from changeover.comparison_difference
            where comparison = ? group by kind order by count(*) desc, kind
            """;

    private static final String FIELDS =
            """
            select field, count(*) from changeover.comparison_difference, unnest(fields) field
            where comparison = ? group by field order by count(*) desc, field
            """;

    /** Values of one field, cut where they are long: they would be too much to show, and to sort. */
    private static final String PAIRS_OF_FIELDS =
            """
            with pair as (
                select field, left((left_record -> field)::text, ?) l, left((right_record -> field)::text, ?) r, count(*) n
                from changeover.comparison_difference, unnest(fields) field
                where comparison = ? group by 1, 2, 3),
            ranked as (
                select *, row_number() over (partition by field order by n desc, l, r) as place from pair)
            select field, l, r, n from ranked where place <= ? order by field, place
            """;

    private static final String NUMBERS =
            """
            with number as (
                select field, (right_record ->> field)::numeric - (left_record ->> field)::numeric d
                from changeover.comparison_difference, unnest(fields) field
                where comparison = ?
                    and case when jsonb_typeof(left_record -> field) = 'number'
                        then jsonb_typeof(right_record -> field) = 'number' else false end)
            select field, count(*), min(d), max(d), sum(d) from number group by field
            """;

    private final JdbcOperations jdbc;

    DifferenceGrouping(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    DifferenceGroups of(UUID id) {
        List<OfKind> kinds =
                jdbc.query(KINDS, (row, index) -> new OfKind(Kind.valueOf(row.getString(1)), row.getLong(2)), id);
        Map<String, List<Pair>> pairs = new HashMap<>();
        jdbc.query(
                PAIRS_OF_FIELDS,
                row -> {
                    pairs.computeIfAbsent(row.getString(1), field -> new ArrayList<>())
                            .add(new Pair(value(row.getString(2)), value(row.getString(3)), row.getLong(4)));
                },
                LONGEST + 1,
                LONGEST + 1,
                id,
                PAIRS);
        Map<String, Numbers> numbers = new HashMap<>();
        jdbc.query(
                NUMBERS,
                row -> {
                    numbers.put(
                            row.getString(1),
                            new Numbers(
                                    row.getLong(2), row.getBigDecimal(3), row.getBigDecimal(4), row.getBigDecimal(5)));
                },
                id);
        List<OfField> fields = jdbc.query(
                FIELDS,
                (row, index) -> new OfField(
                        row.getString(1),
                        row.getLong(2),
                        pairs.getOrDefault(row.getString(1), List.of()),
                        numbers.get(row.getString(1))),
                id);
        return new DifferenceGroups(kinds.stream().mapToLong(OfKind::rows).sum(), kinds, fields);
    }

    private static @Nullable JsonNode value(@Nullable String json) {
        if (json == null) {
            return null;
        }
        return json.length() > LONGEST ? StringNode.valueOf(json.substring(0, LONGEST) + "...") : ExactJson.read(json);
    }
}
