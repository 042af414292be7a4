package io.changeover.kit;

import io.changeover.kit.Trial.Rule;
import java.util.Iterator;
import net.jqwik.api.Shrinkable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A generated payload that can be made smaller.
 *
 * @param payload without examples
 * @param seed decides about the examples that are put into it
 */
record Drawn(Shrinkable<ObjectNode> payload, long seed) {

    private static final int MAX_TRIALS = 2000;

    Trial tried(Trials trials) {
        return trials.of(exemplified(trials));
    }

    ObjectNode exemplified(Trials trials) {
        return trials.exemplified(payload.value(), seed);
    }

    /** The smallest payload found that breaks the same rule, after some thousand trials at most. */
    Trial smallest(Trials trials, Occurrence occurrence, Trial failed) {
        Rule rule = rule(failed);
        Shrinkable<ObjectNode> best = payload;
        Trial bestTrial = failed;
        Iterator<Shrinkable<ObjectNode>> smaller = best.shrink().iterator();
        for (int i = 0; i < MAX_TRIALS && smaller.hasNext(); i++) {
            Shrinkable<ObjectNode> candidate = smaller.next();
            ObjectNode sent = new Drawn(candidate, seed).exemplified(trials);
            if (candidate.distance().compareTo(best.distance()) < 0 && occurrence.occurs(sent)) {
                Trial trial = trials.of(sent);
                if (rule == rule(trial)) {
                    best = candidate;
                    bestTrial = trial;
                    smaller = best.shrink().iterator();
                }
            }
        }
        return bestTrial;
    }

    private static @Nullable Rule rule(Trial trial) {
        return trial.fault() == null ? null : trial.fault().rule();
    }

    /** Whether history can have such a payload. */
    interface Occurrence {
        boolean occurs(ObjectNode payload);
    }
}
