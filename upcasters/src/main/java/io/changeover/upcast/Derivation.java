package io.changeover.upcast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a derived value may be derived from: the payload as it is at this point of the step, the metadata and the time of
 * the event. Nothing of it may be changed.
 */
public final class Derivation {

    private final ObjectNode payload;
    private final Origin origin;

    Derivation(ObjectNode payload, Origin origin) {
        this.payload = payload;
        this.origin = origin;
    }

    /** The value at a dotted path of the payload; refused where it is missing, unless the path ends with '?'. */
    public JsonNode field(String path) {
        JsonNode value = Path.of(path).get(payload);
        return value == null ? payload.nullNode() : value;
    }

    /** The value of the metadata under this key, JSON null where there is none. */
    public JsonNode metadata(String key) {
        JsonNode value = origin.metadata().get(key);
        return value == null ? payload.nullNode() : value;
    }

    /** When the event happened, as its writer said; null where the payload belongs to no stored event. */
    public @Nullable Instant time() {
        return origin.time();
    }
}
