package io.changeover.serving;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one view is served on this node.
 *
 * @param serve version that answers whatever the changeover says, or null to go by the changeover
 * @param cannotFollow what to do while the node cannot learn which version serves
 * @param shadowShare share of calls that are also asked of the other version, from 0 to 1
 * @param timeLimit longest time that the new version may take while the old one can answer instead; zero for no limit
 */
public record ViewSettings(@Nullable Integer serve, CannotFollow cannotFollow, double shadowShare, Duration timeLimit) {

    /** By the changeover, by the last state known, without shadow reads and without a limit. */
    public static final ViewSettings PLAIN = new ViewSettings(null, CannotFollow.LAST_KNOWN, 0, Duration.ZERO);
}
