package io.changeover.parity;

import java.sql.SQLException;

/** A way to find the rows of a range that are not the same. */
interface RangeComparison {

    /** Has the judge decide about every row of the range that could be other than its counterpart. */
    void compare(Snapshot snapshot, Range range, Judge judge) throws SQLException;

    /** The way in a sentence. */
    String description();
}
