package io.changeover.app.console;

import io.changeover.comparison.StoredDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A difference, field by field.
 *
 * @param difference the difference
 * @param cells its fields: those that differ first, then by name
 */
record ShownDifference(StoredDifference difference, List<Cell> cells) {

    /**
     * A field of both sides.
     *
     * @param field component of the canonical record
     * @param left its value, or null where there is none
     * @param right its value, or null where there is none
     * @param differs whether the two are not equal by the view's rules
     */
    record Cell(String field, @Nullable JsonNode left, @Nullable JsonNode right, boolean differs) {}

    static ShownDifference of(StoredDifference difference) {
        Set<String> names = new TreeSet<>();
        collect(difference.left(), names);
        collect(difference.right(), names);
        List<Cell> cells = new ArrayList<>();
        for (String name : names) {
            cells.add(new Cell(
                    name,
                    value(difference.left(), name),
                    value(difference.right(), name),
                    difference.fields().contains(name)));
        }
        cells.sort(Comparator.comparing(cell -> !cell.differs()));
        return new ShownDifference(difference, cells);
    }

    private static void collect(@Nullable JsonNode row, Set<String> names) {
        if (row != null) {
            names.addAll(row.propertyNames());
        }
    }

    private static @Nullable JsonNode value(@Nullable JsonNode row, String name) {
        return row == null ? null : row.get(name);
    }
}
