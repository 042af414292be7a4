package io.changeover.upcast;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Parsers of stored payloads. A history has few field names, which are interned so that looking them up in a class costs
 * a comparison of references, and its parsers come one after the other on the same thread, so their buffers stay there.
 */
final class PayloadParsers {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private PayloadParsers() {}

    /** A parser of the payload, which whoever reads it to its end closes by that. */
    static JsonParser of(byte[] payload) {
        return JSON.createParser(ObjectReadContext.empty(), payload);
    }
}
