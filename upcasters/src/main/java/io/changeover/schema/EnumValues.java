package io.changeover.schema;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The constants of an enum as Jackson writes them, whichever annotation or setting has a say in it. */
final class EnumValues {

    private EnumValues() {}

    static List<JsonNode> of(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Json.MAPPER.<JsonNode>valueToTree(constant))
                .toList();
    }
}
