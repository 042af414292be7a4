package io.changeover.projection;

import io.changeover.view.RowShape;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;

/**
 * Estimates what rows take in memory, from every 64th that it is shown. Sizes are those of a 64-bit JVM with compressed
 * references and texts of one byte a character (OpenJDK's defaults up to 32 GB of heap).
 */
final class RowSizes {

    /** The entry of its home, the slot, the key with its text, and the event's identifier. */
    private static final int BESIDE_THE_ROW = 320;

    private static final int EACH = 64;
    private static final int OBJECT = 24;
    private static final int TEXT = 44;

    private final RowShape shape;
    private final int record;
    private int shown;
    private double mean;

    RowSizes(RowShape shape) {
        this.shape = shape;
        int size = 16;
        for (RecordComponent component : shape.type().getRecordComponents()) {
            size += component.getType() == long.class || component.getType() == double.class ? 8 : 4;
        }
        this.record = size;
        this.mean = BESIDE_THE_ROW + record + (double) OBJECT * shape.columns().size();
    }

    void sample(Object row) {
        if ((shown++ & EACH - 1) == 0) {
            double size = BESIDE_THE_ROW + record;
            for (int i = 0; i < shape.columns().size(); i++) {
                Object value = shape.value(row, i);
                if (value != null && !shape.columns().get(i).javaClass().isPrimitive()) {
                    size += size(value);
                }
            }
            // Recent ones count more, since rows may grow with history.
            mean = shown == 1 ? size : mean + (size - mean) / 32;
        }
    }

    long bytesPerRow() {
        return (long) mean;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return (long) TEXT + text.length();
        }
        if (value instanceof Enum) {
            return 0;
        }
        if (value instanceof Collection<?> several) {
            return OBJECT + several.stream().mapToLong(each -> 8 + size(each)).sum();
        }
        if (value instanceof Map<?, ?> map) {
            return OBJECT
                    + map.entrySet().stream()
                            .mapToLong(entry -> 40 + size(entry.getKey()) + size(entry.getValue()))
                            .sum();
        }
        if (value instanceof Record row) {
            return OBJECT + (long) TEXT * row.getClass().getRecordComponents().length;
        }
        return OBJECT + 8L;
    }
}
