package io.changeover.freshness;

import java.io.Serial;

/** A reader presents a position that this store has never reached: one of another store, or made up. No retry helps. */
public final class UnwrittenPositionException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long wanted;
    private final long head;

    UnwrittenPositionException(long wanted, long head) {
        super(
                "Position %d was never written; the store ends at %d. Send a position that this application has given, or 0 to be told one"
                        .formatted(wanted, head));
        this.wanted = wanted;
        this.head = head;
    }

    /** Position that was presented. */
    public long wanted() {
        return wanted;
    }

    /** Highest position of the store. */
    public long head() {
        return head;
    }
}
