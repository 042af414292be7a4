package io.changeover.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an older release could read of the store.
 *
 * @param release the release
 * @param position position up to which every event was counted
 * @param asIs stored events that it reads as they are, with its own steps
 * @param down stored events that it reads once they are taken down
 * @param not stored events that it cannot read
 * @param lines one for each revision in the store, ordered by event and revision
 */
public record RollbackReport(String release, long position, long asIs, long down, long not, List<Line> lines) {

    /** How the release reads a revision. */
    public enum Way {
        /** As it is stored, by its own class and steps. */
        AS_IS,
        /** Through ways down. */
        DOWN,
        /** No way leads to a revision that it knows. */
        NOT,
        /** It has never known such an event, and leaves it out. */
        NEVER_KNEW
    }

    /**
     * One revision in the store.
     *
     * @param event stable event name
     * @param revision revision as stored, or null where none was
     * @param events how many are stored
     * @param way how the release reads them
     * @param target revision in which it gets them, or null where it does not
     * @param refused how many of them the way down refuses, for what they hold
     * @param reason why they cannot be read, or why the first one is refused; null where all can
     * @param firstRefused position of the first that is refused, or null
     * @param loses what the release does not learn of those that it reads
     */
    public record Line(
            String event,
            @Nullable String revision,
            long events,
            Way way,
            @Nullable String target,
            long refused,
            @Nullable String reason,
            @Nullable Long firstRefused,
            List<String> loses) {}
}
