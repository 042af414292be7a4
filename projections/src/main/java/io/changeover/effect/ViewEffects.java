package io.changeover.effect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects of a view and its fence.
 *
 * @param view name of the view
 * @param acting version that acts on events after the position, or null where the view has no fence
 * @param actingSince position of the event that has made it so, or at which the fence began; 0 without a fence
 * @param position position up to which events have been given to a version; 0 without a fence
 * @param behind positions of the store that were not looked through yet
 * @param movedAt when the fence has moved last, or null
 * @param counts effects by state
 * @param effects effects that are not over, oldest first, and then those that ended last, within a limit
 */
public record ViewEffects(
        String view,
        @Nullable String acting,
        long actingSince,
        long position,
        long behind,
        @Nullable Instant movedAt,
        Counts counts,
        List<KeptEffect> effects) {

    /**
     * Numbers of effects.
     *
     * @param pending to be done, or to be made up for
     * @param failed that wait for a person
     * @param done done and still kept
     * @param skipped skipped and still kept
     * @param compensated made up for and still kept
     */
    public record Counts(long pending, long failed, long done, long skipped, long compensated) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }
}
