package io.changeover.stream;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** What the tokens of processors mean as positions. */
final class Tokens {

    private Tokens() {}

    /**
     * The position up to which everything has been handled; 0 for no token.
     *
     * @throws IllegalArgumentException when the token is of a kind that says nothing about positions of this store
     */
    static long position(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        if (token instanceof GlobalSequenceTrackingToken sequence) {
            return Math.max(0, sequence.getGlobalIndex());
        }
        if (token instanceof GapAwareTrackingToken aware) {
            return Math.max(0, aware.hasGaps() ? aware.getGaps().first() - 1 : aware.getIndex());
        }
        throw new IllegalArgumentException(
                "Token '%s' of class %s must be a GlobalSequenceTrackingToken or a GapAwareTrackingToken; reset the processor, or let it read its own source"
                        .formatted(token, token.getClass().getSimpleName()));
    }
}
