package io.changeover.explain;

import io.changeover.parity.Masks;
import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows rows and canonical records of two versions; what is sensitive in one of these shapes is masked in all. */
final class Shown {

    private final Masks masks;
    private final List<Masks> each;

    Shown(Masks masks, List<RowShape> shapes) {
        this.masks = masks;
        this.each = shapes.stream().map(masks::alsoFor).toList();
    }

    Masks masks() {
        return masks;
    }

    /** The record's components by name, or null for none. */
    @Nullable
    Map<String, @Nullable Object> of(RowShape shape, @Nullable Object record) {
        if (record == null) {
            return null;
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        List<Column> columns = shape.columns();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Object value = shape.value(record, i);
            boolean hidden = value != null && each.stream().anyMatch(one -> one.hides(column));
            shown.put(column.component(), hidden && value != null ? masks.mask(column.component(), value) : value);
        }
        return shown;
    }
}
