package io.changeover.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcOperations;

/** Numbers of rows of many tables by two statements, whatever the number of tables. */
final class RowCounts {

    /** Pages of a table that is counted, since reading so few takes no longer than asking for an estimate. */
    private static final int SMALL_PAGES = 8;

    private RowCounts() {}

    /**
     * @param tables names with their schema, as they are written in statements
     * @return a number for each table; 0 where there is none
     */
    static Map<String, Long> of(List<String> tables, JdbcOperations jdbc) {
        Map<String, Long> rows = new HashMap<>();
        List<String> counted = new ArrayList<>();
        // Scaled by how the table has grown since it was analysed, as the planner does.
        jdbc.query(
                """
                select t.name, c.reltuples, c.relpages, pg_relation_size(c.oid) / current_setting('block_size')::bigint
                from unnest(?::text[]) t (name) join pg_class c on c.oid = to_regclass(t.name)
                """,
                result -> {
                    String table = result.getString(1);
                    double estimate = result.getDouble(2);
                    long analysed = result.getLong(3);
                    long pages = result.getLong(4);
                    if (pages <= SMALL_PAGES || estimate < 0 || analysed == 0) {
                        counted.add(table);
                    } else {
                        rows.put(table, Math.round(estimate / analysed * pages));
                    }
                },
                (Object) tables.toArray(String[]::new));
        if (!counted.isEmpty()) {
            count(counted, jdbc, rows);
        }
        return rows;
    }

    private static void count(List<String> tables, JdbcOperations jdbc, Map<String, Long> rows) {
        String sql = IntStream.range(0, tables.size())
                .mapToObj(number -> "select %d, count(*) from %s".formatted(number, tables.get(number)))
                .collect(Collectors.joining(" union all "));
        try {
            jdbc.query(sql, result -> {
                rows.put(tables.get(result.getInt(1)), result.getLong(2));
            });
        } catch (BadSqlGrammarException e) {
            if (tables.size()
                    > 1) { // one of them has been removed or renamed since, which says nothing about the others
                tables.forEach(table -> count(List.of(table), jdbc, rows));
            }
        }
    }
}
