package io.changeover.kit;

import io.changeover.upcast.Revision;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says what is wrong with payloads, by the schema of their revision. */
@FunctionalInterface
public interface PayloadCheck {

    /**
     * What is wrong with the payload, each a sentence with the field, its value and the rule; empty when it fits.
     *
     * @param payload must not be changed
     * @throws RuntimeException when no schema is known for the revision
     */
    List<String> violations(Revision revision, JsonNode payload);
}
