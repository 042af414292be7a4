package io.changeover.kit;

import io.changeover.upcast.Revision;
import tools.jackson.databind.node.ObjectNode;

/**
 * A payload that does not get from one revision to another as it must.
 *
 * @param from revision of the payload
 * @param to revision that it was taken to
 * @param rule what must hold, as a sentence without its end
 * @param remedy what to do, as a sentence without its end
 * @param seed seed of the run that finds it again
 * @param payload the smallest payload that was found to fail in this way
 * @param expected what would have been right
 * @param actual what came instead
 */
public record RoundTripFailure(
        Revision from,
        Revision to,
        String rule,
        String remedy,
        long seed,
        ObjectNode payload,
        String expected,
        String actual) {

    /** The failure for people, on several lines. */
    public String message() {
        return """
                '%s' to '%s': %s; %s
                  seed:     %d
                  payload:  %s
                  expected: %s
                  actual:   %s"""
                .formatted(from, to, rule, remedy, seed, payload, expected, actual);
    }
}
