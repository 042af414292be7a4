package io.changeover.console;

import io.changeover.console.ManyViews.Counted;
import io.changeover.console.ManyViews.Row;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;

/** What {@link ManyViews} copies; public, and in no other class, since the copies have another class loader. */
public class CopiedView {

    /** The first time. */
    @Fold
    public Row on(Counted event) {
        return new Row(event.thing(), 1);
    }

    /** Once more. */
    @Fold
    public Row on(Row row, Counted event) {
        return new Row(row.thing(), row.times() + 1);
    }

    /** As it is. */
    @Canonical
    public Row row(Row row) {
        return row;
    }
}
