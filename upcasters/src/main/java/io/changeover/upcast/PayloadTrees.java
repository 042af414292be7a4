package io.changeover.upcast;

import io.changeover.event.LegacyFormat;
import io.changeover.event.StoredEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stored bytes as trees, whatever format they were stored in. */
final class PayloadTrees {

    private static final PayloadTrees JSON =
            new PayloadTrees(JsonMapper.builder().build(), null);

    private final ObjectReader json;
    private final @Nullable LegacyFormat legacy;

    PayloadTrees(ObjectMapper json, @Nullable LegacyFormat legacy) {
        // Through a double an amount would lose digits that its writer stored.
        this.json = json.readerFor(JsonNode.class)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
        this.legacy = legacy;
    }

    /** Trees of plain JSON. */
    static PayloadTrees ofJson() {
        return JSON;
    }

    boolean isLegacy(byte[] stored) {
        return legacy != null && legacy.recognises(stored);
    }

    EventTree event(StoredEvent stored) {
        return new EventTree(stored.name(), stored.revision(), payload(stored.payload()));
    }

    ObjectNode payload(byte[] stored) {
        return legacy != null && legacy.recognises(stored) ? legacy.payload(stored) : object("payload", stored);
    }

    ObjectNode metadata(byte[] stored) {
        return legacy != null && legacy.recognises(stored) ? legacy.metadata(stored) : object("metadata", stored);
    }

    private ObjectNode object(String what, byte[] stored) {
        JsonNode tree = json.readValue(PayloadParsers.of(stored));
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the %s is not a JSON object but %s".formatted(what, tree.getNodeType()));
    }
}
