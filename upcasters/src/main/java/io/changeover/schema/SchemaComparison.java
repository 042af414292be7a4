package io.changeover.schema;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares schemas of the shape of {@link EventSchemas} and tells the result in plain words, ordered by path. A path has
 * {@code []} for the elements of a list and {@code {}} for the values of a map.
 */
public final class SchemaComparison {

    private SchemaComparison() {}

    /**
     * What is different in the newer schema; empty when both say the same.
     *
     * <p>Whether a whole number has 32 or 64 bits counts only where both schemas say it.
     */
    public static List<String> changes(ObjectNode older, ObjectNode newer) {
        return new SchemaChanges().between(Shape.of(older), Shape.of(newer));
    }

    /**
     * Why a reader cannot read every payload that fits another schema; empty when it reads them as they are.
     *
     * <p>The reader is Jackson as it is set up for events: it refuses unknown fields, takes a missing field that may be
     * null for null, and reads whole numbers as numbers and 32 bits as 64, but not the other way round. What it would make
     * fit in silence, such as a number in quotes, counts as an obstacle. A whole number whose width is not known counts as
     * readable.
     *
     * @param reader schema of what the reader knows
     * @param written schema of the payloads
     */
    public static List<String> obstacles(ObjectNode reader, ObjectNode written) {
        return new ReaderObstacles().between(Shape.of(reader), Shape.of(written));
    }
}
