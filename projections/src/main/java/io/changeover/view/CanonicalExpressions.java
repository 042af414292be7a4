package io.changeover.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a team declares about its canonical form in SQL. */
final class CanonicalExpressions {

    private CanonicalExpressions() {}

    /** One expression for each component of the canonical record; adds to the problems what cannot be. */
    static List<String> of(CanonicalSql declared, RowShape rows, RowShape canonical, List<String> problems) {
        Map<String, String> named = new HashMap<>();
        for (String text : declared.value()) {
            int equals = text.indexOf('=');
            String name = equals < 1 ? "" : text.substring(0, equals).strip();
            String expression = equals < 1 ? "" : text.substring(equals + 1).strip();
            if (name.isEmpty() || expression.isEmpty()) {
                problems.add("@CanonicalSql has '%s' but must have 'name = expression'; correct it".formatted(text));
            } else if (canonical.columns().stream()
                    .noneMatch(column -> column.component().equals(name))) {
                problems.add(
                        "@CanonicalSql names '%s' but canonical record '%s' has no such component; correct the name"
                                .formatted(name, canonical.type().getSimpleName()));
            } else if (named.put(name, expression) != null) {
                problems.add("@CanonicalSql names '%s' twice; remove one".formatted(name));
            }
        }
        List<String> expressions = new ArrayList<>();
        for (Column column : canonical.columns()) {
            String expression = named.get(column.component());
            if (expression == null) {
                boolean same = rows.columns().stream()
                        .anyMatch(row -> row.component().equals(column.component())
                                && row.type() == column.type()
                                && row.javaType().equals(column.javaType()));
                if (!same) {
                    problems.add(
                            "@CanonicalSql does not name '%s', and row '%s' has no component of that name and type; give its expression, or remove @CanonicalSql"
                                    .formatted(column.component(), rows.type().getSimpleName()));
                }
                expressions.add("\"%s\"".formatted(column.name()));
            } else {
                expressions.add("(%s)::%s".formatted(expression, column.type().sql()));
            }
        }
        return List.copyOf(expressions);
    }
}
