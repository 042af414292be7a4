package io.changeover.parity;

import java.sql.SQLException;
import java.util.List;

/** Has the database join both sides and send all pairs, to be compared row by row here. */
final class Joined implements RangeComparison {

    private final Join join;
    private final String reason;

    /** @param reason why the database cannot compare the pairs */
    Joined(Join join, String reason) {
        this.join = join;
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
        try (CopiedRows rows = join.rows(snapshot, range, side -> List.of(), "true")) {
            while (rows.next()) {
                judge.pair(left.read(rows), right.read(rows));
            }
        }
    }
}
