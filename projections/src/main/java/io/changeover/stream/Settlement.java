package io.changeover.stream;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the end of the store. Immutable; every change is a new instance, so that an observation can be
 * tied to the very state it was made for.
 *
 * @param position no event at or below it can appear any more
 * @param pending what has to end before more is known, or null when nothing was asked yet
 */
record Settlement(long position, @Nullable Pending pending) {

    /**
     * All values up to the head had been handed out when it was seen; only these holders could have one of them.
     *
     * @param head a position that was visible before the holders were taken
     * @param holders those of them that have not ended, by their virtual transaction ids; never empty
     */
    record Pending(long head, Set<String> holders) {}

    static final Settlement NOTHING = new Settlement(0, null);

    /** Nothing can appear any more up to here. */
    Settlement reached(long settled) {
        if (settled <= position) {
            return this;
        }
        return new Settlement(settled, pending != null && pending.head() <= settled ? null : pending);
    }

    /** The head was visible, and these were the holders afterwards. */
    Settlement seen(long head, Set<String> holders) {
        return holders.isEmpty() ? reached(head) : new Settlement(position, new Pending(head, Set.copyOf(holders)));
    }

    /**
     * These are the holders now. Must be taken after this state came into being.
     *
     * @throws IllegalStateException when nothing is pending
     */
    Settlement observed(Set<String> now) {
        if (pending == null) {
            throw new IllegalStateException("nothing is pending");
        }
        Set<String> ended = new HashSet<>(pending.holders());
        ended.removeAll(now);
        if (ended.isEmpty()) {
            return this;
        }
        Set<String> remaining = new HashSet<>(pending.holders());
        remaining.retainAll(now);
        if (!ended.stream().allMatch(Settlement::isNameless)) {
            // One that seems to have ended may have been prepared, and be listed under another id since then.
            now.stream().filter(Settlement::isNameless).forEach(remaining::add);
        }
        return remaining.isEmpty()
                ? reached(pending.head())
                : new Settlement(position, new Pending(pending.head(), Set.copyOf(remaining)));
    }

    /**
     * Whether the transaction was prepared and belongs to no session any more, not even in name: so it is at once in
     * older versions of PostgreSQL, and after a restart in all. Such an id is the last that a transaction gets.
     */
    private static boolean isNameless(String virtualTransaction) {
        return virtualTransaction.startsWith("-1/");
    }
}
