package io.changeover.parity;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what was kept of rows with every digit that is there, which a double would not keep. */
public final class ExactJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final TypeReference<Map<String, @Nullable Object>> RECORD = new TypeReference<>() {};

    private ExactJson() {}

    /** @throws tools.jackson.core.JacksonException when the text is no JSON */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * A record by component, in the order of the text.
     *
     * @throws tools.jackson.core.JacksonException when the text is no JSON object
     */
    public static Map<String, @Nullable Object> record(String text) {
        return MAPPER.readValue(text, RECORD);
    }

    /** As {@link #record(String)}, of what was read already. */
    public static Map<String, @Nullable Object> record(JsonNode node) {
        return MAPPER.convertValue(node, RECORD);
    }
}
