package io.changeover.event;

import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what an older application has stored in another format than JSON. Safe for use by several threads.
 *
 * <p>Formats are told apart by their bytes, so one store may hold several.
 */
public interface LegacyFormat {

    /** Whether the bytes are in this format; looks at their beginning alone. */
    boolean recognises(byte[] stored);

    /**
     * The payload of an event as the JSON that its class would be written as today.
     *
     * @throws LegacyTypeRefusedException when it names a type that is not allowed
     * @throws RuntimeException when it cannot be read
     */
    ObjectNode payload(byte[] stored);

    /**
     * The metadata of an event as a JSON object.
     *
     * @throws LegacyTypeRefusedException when it names a type that is not allowed
     * @throws RuntimeException when it cannot be read
     */
    ObjectNode metadata(byte[] stored);
}
