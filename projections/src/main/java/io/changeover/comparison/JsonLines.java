package io.changeover.comparison;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Differences as JSON lines, the components of a record in its order. */
final class JsonLines implements DifferenceLines {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<String> keys;
    private final List<String> components;

    JsonLines(Comparison comparison) {
        this.keys = comparison.keys();
        this.components = comparison.components();
    }

    @Override
    public void head(Appendable out) {
        // each line stands for itself
    }

    @Override
    public void line(StoredDifference difference, Appendable out) throws IOException {
        ObjectNode line = NODES.objectNode();
        line.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        ObjectNode key = line.putObject("key");
        for (int i = 0; i < keys.size(); i++) {
            key.set(keys.get(i), KeyValues.of(difference, keys, i));
        }
        ArrayNode fields = line.putArray("fields");
        difference.fields().forEach(fields::add);
        line.set("left", record(difference.left()));
        line.set("right", record(difference.right()));
        out.append(line.toString()).append('\n');
    }

    private JsonNode record(@Nullable JsonNode stored) {
        if (stored == null) {
            return NODES.nullNode();
        }
        ObjectNode record = NODES.objectNode();
        components.forEach(component -> {
            if (stored.has(component)) {
                record.set(component, stored.get(component));
            }
        });
        return record;
    }
}
