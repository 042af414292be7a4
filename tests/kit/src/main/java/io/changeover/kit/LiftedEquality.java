package io.changeover.kit;

import io.changeover.upcast.Loss;
import io.changeover.upcast.Revision;

/**
 * A pair of revisions whose way there and back was not held to the exact payload, because a step on the way declares a
 * loss that may concern any value.
 *
 * @param from revision of the payloads
 * @param to revision that they were taken to
 * @param loss as declared; never one with a bound
 */
public record LiftedEquality(Revision from, Revision to, Loss loss) {

    @Override
    public String toString() {
        return "'%s' to '%s' and back loses %s".formatted(from, to, loss.what());
    }
}
