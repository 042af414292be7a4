package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.ColumnType;
import io.changeover.view.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Tells whether a row that was folded anew is the one that is stored, values and provenance alike. */
final class RowComparison {

    private final RowShape shape;
    private final ObjectMapper json;

    RowComparison(RowShape shape, ObjectMapper json) {
        this.shape = shape;
        this.json = json;
    }

    boolean same(StoredRow stored, StoredRow folded) {
        if (stored.position() != folded.position() || !stored.eventId().equals(folded.eventId())) {
            return false;
        }
        for (int i = 0; i < shape.columns().size(); i++) {
            if (!same(stored, folded, i)) {
                return false;
            }
        }
        return true;
    }

    /** The components in which the two differ, in order, and after them the columns of provenance. */
    List<String> differing(StoredRow stored, StoredRow folded) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            if (!same(stored, folded, i)) {
                differing.add(shape.columns().get(i).component());
            }
        }
        if (stored.position() != folded.position()) {
            differing.add("_position");
        }
        if (!stored.eventId().equals(folded.eventId())) {
            differing.add("_event_id");
        }
        return differing;
    }

    private boolean same(StoredRow stored, StoredRow folded, int index) {
        Column column = shape.columns().get(index);
        @Nullable Object left = shape.value(stored.row(), index);
        @Nullable Object right = shape.value(folded.row(), index);
        // A class in a JSON column need not have an equals of its own.
        return Objects.deepEquals(left, right)
                || (column.type() == ColumnType.JSON
                        && json.writeValueAsString(left).equals(json.writeValueAsString(right)));
    }
}
