package io.changeover.upcast;

import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Values that a change takes without loss and without refusal. Generated payloads draw from them where a schema alone
 * cannot say what is meaningful: an amount with two digits, one of six texts.
 */
@FunctionalInterface
public interface Examples {

    /** The next value; the same sequence for the same state of the generator. Never null. */
    JsonNode next(RandomGenerator random);

    /** One of these values. */
    static Examples oneOf(List<? extends JsonNode> values) {
        List<JsonNode> copy = List.copyOf(values);
        return random -> copy.get(random.nextInt(copy.size()));
    }
}
