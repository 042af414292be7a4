package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.ColumnType;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How keys of the two sides are matched, and in which order: as they are where both sides have one type, which lets the
 * database use its indexes, and as text where they have not.
 */
final class KeyMatch {

    private final Side left;
    private final Side right;
    private final boolean sameDatabase;
    private final List<@Nullable ColumnType> types;

    KeyMatch(Side left, Side right, boolean sameDatabase) {
        this.left = left;
        this.right = right;
        this.sameDatabase = sameDatabase;
        List<Column> mine = left.version().rows().keys();
        List<Column> theirs = right.version().rows().keys();
        this.types = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            types.add(common(mine.get(i).type(), theirs.get(i).type()));
        }
    }

    private static @Nullable ColumnType common(ColumnType a, ColumnType b) {
        if (a == b) {
            return a;
        }
        boolean integers = (a == ColumnType.INTEGER || a == ColumnType.BIGINT)
                && (b == ColumnType.INTEGER || b == ColumnType.BIGINT);
        return integers ? ColumnType.BIGINT : null;
    }

    int size() {
        return types.size();
    }

    /** The key column at the index, so that it can be compared with that of the other side. */
    String expression(Side side, int index) {
        ColumnType type = types.get(index);
        String column = side.key(index);
        if (type == null) {
            return column + "::text";
        }
        return side.version().rows().keys().get(index).type() == type ? column : "%s::%s".formatted(column, type.sql());
    }

    /** The home in the order in which ranges follow each other. */
    String home(Side side) {
        String home = expression(side, 0);
        if (types.get(0) != null && types.get(0) != ColumnType.TEXT) {
            return home;
        }
        // Two databases need not sort alike, so they are told how. In one, its own order is that of its index.
        return sameDatabase && types.get(0) != null ? home + " collate \"default\"" : home + " collate \"C\"";
    }

    /** Condition that the home lies in the range. */
    String within(Side side, Range range) {
        List<String> bounds = new ArrayList<>();
        String after = range.after();
        String upTo = range.upTo();
        if (after != null) {
            bounds.add("%s > %s".formatted(home(side), literal(after)));
        }
        if (upTo != null) {
            bounds.add("%s <= %s".formatted(home(side), literal(upTo)));
        }
        return bounds.isEmpty() ? "true" : String.join(" and ", bounds);
    }

    /** Condition that the home is one of these. */
    String among(Side side, Iterable<String> homes) {
        StringBuilder array = new StringBuilder();
        for (String home : homes) {
            array.append(array.isEmpty() ? "" : ",")
                    .append('"')
                    .append(home.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        String list = quoted("{" + array + "}") + "::text[]";
        ColumnType type = types.get(0);
        return type == null || type == ColumnType.TEXT
                ? "%s = any(%s)".formatted(expression(side, 0), list)
                : "%s = any(%s::%s[])".formatted(expression(side, 0), list, type.sql());
    }

    private String literal(String home) {
        ColumnType type = types.get(0);
        return "%s::%s".formatted(quoted(home), type == null ? "text" : type.sql());
    }

    /** A literal in which nothing has a meaning, whatever the server's settings. */
    private static String quoted(String text) {
        if (text.indexOf('\\') < 0) {
            return "'" + text.replace("'", "''") + "'";
        }
        return " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** The order of all keys, in which {@link #compare} agrees with the database. */
    String order(Side side) {
        return IntStream.range(0, size())
                .mapToObj(i -> {
                    ColumnType type = types.get(i);
                    boolean text = type == null || type == ColumnType.TEXT;
                    return expression(side, i) + (text ? " collate \"C\"" : "");
                })
                .collect(Collectors.joining(", "));
    }

    /** Negative when the left key comes first. */
    int compare(RowKey leftKey, RowKey rightKey) {
        for (int i = 0; i < size(); i++) {
            int order = compare(
                    types.get(i), leftKey.parts().get(i), rightKey.parts().get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(@Nullable ColumnType type, Object a, Object b) {
        if (type == ColumnType.INTEGER || type == ColumnType.BIGINT) {
            return Long.compare(((Number) a).longValue(), ((Number) b).longValue());
        }
        return compareByBytes(a.toString(), b.toString()); // a UUID's digits are in the order of its bytes
    }

    /** UTF-8 sorts like code points; Java's own order of strings differs from that beyond the basic plane. */
    static int compareByBytes(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int a = left.codePointAt(i);
            int b = right.codePointAt(j);
            if (a != b) {
                return Integer.compare(a, b);
            }
            i += Character.charCount(a);
            j += Character.charCount(b);
        }
        return Boolean.compare(i < left.length(), j < right.length());
    }

    Side left() {
        return left;
    }

    Side right() {
        return right;
    }
}
