package io.changeover.kit;

/**
 * How thoroughly round trips are tried.
 *
 * @param payloads payloads generated for each ordered pair of revisions, 1 or greater
 * @param seed the same seed gives the same payloads, on any machine
 */
public record RoundTripOptions(int payloads, long seed) {

    /** Enough for a build that runs often. */
    public static final RoundTripOptions DEFAULT = new RoundTripOptions(200, 1);

    /** @throws IllegalArgumentException when there would be no payload */
    public RoundTripOptions {
        if (payloads < 1) {
            throw new IllegalArgumentException(
                    "Number of payloads %d must be 1 or greater, or nothing is tried; raise it".formatted(payloads));
        }
    }
}
