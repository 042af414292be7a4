package io.changeover.app.security;

import java.time.Instant;
import java.util.List;

/**
 * Who was let in or not, and who gave whom which right: what no event of a changeover tells. Never holds a password or a
 * token.
 */
public interface AccessTrail {

    /** Longest detail that is kept, in characters. */
    int LONGEST = 1_000;

    /**
     * One thing that happened.
     *
     * @param at when
     * @param actor who did it, or tried to
     * @param action what, in short words such as {@code person disabled}
     * @param subject the person or token that it was done to
     * @param detail what else there is to tell; may be empty
     */
    record Entry(Instant at, String actor, String action, String subject, String detail) {}

    /** Keeps an entry that happens now; a detail that is too long is cut. */
    void add(String actor, String action, String subject, String detail);

    /** The last entries, the newest first. */
    List<Entry> latest(int most);
}
