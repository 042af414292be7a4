package io.changeover.upcast;

import tools.jackson.databind.JsonNode;

/** Watches what happens inside a step while samples are checked; in service it is off and costs nothing. */
interface Probe {

    /** Watches nothing. */
    Probe OFF = new Probe() {};

    /** The change found the value that it is for. */
    default void matched(Change change) {}

    /** Called with what is handed to a team's function; the answer is what it really gets. */
    default JsonNode before(Change change, JsonNode input) {
        return input;
    }

    /** Called with what the function really got, once it is done. */
    default void after(Change change, JsonNode input, JsonNode given) {}

    /** More than one case of a split fits the payload, so their order decides. */
    default void ambiguous(String first, String second) {}
}
