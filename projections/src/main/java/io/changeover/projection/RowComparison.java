package io.changeover.projection;

import io.changeover.view.Column;
import io.changeover.view.ColumnType;
import io.changeover.view.RowShape;
import java.util.List;
import java.util.Objects;
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
        List<Column> columns = shape.columns();
        for (int i = 0; i < columns.size(); i++) {
            Object left = shape.value(stored.row(), i);
            Object right = shape.value(folded.row(), i);
            // A class in a JSON column need not have an equals of its own.
            if (!Objects.deepEquals(left, right)
                    && !(columns.get(i).type() == ColumnType.JSON
                            && json.writeValueAsString(left).equals(json.writeValueAsString(right)))) {
                return false;
            }
        }
        return true;
    }
}
