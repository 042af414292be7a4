package io.changeover.parity;

import io.changeover.parity.Side.Read;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Reads both sides in the order of their keys, which may lie in two databases, and compares row by row here. */
final class Streamed implements RangeComparison {

    private final KeyMatch keys;
    private final ObjectMapper json;
    private final String reason;

    /** @param reason why it cannot be done in the database */
    Streamed(KeyMatch keys, ObjectMapper json, String reason) {
        this.keys = keys;
        this.json = json;
        this.reason = reason;
    }

    @Override
    public String description() {
        return "row by row outside of the database, because " + reason;
    }

    @Override
    public void compare(Snapshot snapshot, Range range, Judge judge) throws SQLException {
        Side left = snapshot.leftSide();
        Side right = snapshot.rightSide();
        try (CopiedRows mine = rows(left, range, snapshot.left().connection());
                CopiedRows theirs = rows(right, range, snapshot.right().connection())) {
            Read a = next(left, mine);
            Read b = next(right, theirs);
            while (a != null || b != null) {
                int order = order(a, b);
                judge.pair(order <= 0 ? a : null, order >= 0 ? b : null);
                if (order <= 0) {
                    a = next(left, mine);
                }
                if (order >= 0) {
                    b = next(right, theirs);
                }
            }
        }
    }

    private CopiedRows rows(Side side, Range range, Connection connection) throws SQLException {
        return new CopiedRows(
                connection,
                "select %s from %s where %s order by %s"
                        .formatted(side.columns(), side.from(), keys.within(side, range), keys.order(side)),
                json);
    }

    private static @Nullable Read next(Side side, CopiedRows rows) throws SQLException {
        return rows.next() ? side.read(rows) : null;
    }

    private int order(@Nullable Read a, @Nullable Read b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        return keys.compare(a.key(), b.key());
    }
}
