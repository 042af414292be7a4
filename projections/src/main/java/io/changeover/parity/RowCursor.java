package io.changeover.parity;

import io.changeover.view.RowKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks over the rows of one side in the order of their keys. */
final class RowCursor implements AutoCloseable {

    private final Side side;
    private final PreparedStatement statement;
    private final ResultSet result;
    private @Nullable Object row;
    private @Nullable RowKey key;

    RowCursor(Side side, PreparedStatement statement) throws SQLException {
        this.side = side;
        this.statement = statement;
        this.result = statement.executeQuery();
        advance();
    }

    boolean hasRow() {
        return row != null;
    }

    RowKey key() {
        return Objects.requireNonNull(key);
    }

    Object canonical() {
        return side.version().canonical().of(Objects.requireNonNull(row));
    }

    void advance() throws SQLException {
        if (result.next()) {
            row = side.codec().read(result);
            key = side.version().rows().key(row);
        } else {
            row = null;
            key = null;
        }
    }

    /** Negative when this cursor's key comes first; a cursor at its end comes last. */
    int compareTo(RowCursor other) {
        if (!hasRow() || !other.hasRow()) {
            return Boolean.compare(!hasRow(), !other.hasRow());
        }
        List<String> mine = key().texts();
        List<String> theirs = other.key().texts();
        for (int i = 0; i < mine.size(); i++) {
            int order = compareByBytes(mine.get(i), theirs.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
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

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
