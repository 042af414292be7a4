package io.changeover.app.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Lets somebody see sensitive values as they are, and keeps who has seen which. */
@Component
public final class UnmaskedSight {

    private static final int LONGEST_SUBJECT = 200;

    private final AccessTrail trail;

    UnmaskedSight(AccessTrail trail) {
        this.trail = trail;
    }

    /**
     * Is asked before they are shown.
     *
     * @param subject what they belong to, such as {@code row 10100 of order-board}
     * @throws AccessDeniedException when the caller has not the role {@link Role#UNMASKED}
     */
    public void enter(String subject) {
        SignedIn caller = SignedIn.current();
        if (caller == null || !caller.is(Role.UNMASKED)) {
            throw new AccessDeniedException("sensitive values are only for the role 'unmasked'");
        }
        trail.add(Asked.request("").actor(), "saw unmasked", shortened(subject), "");
    }

    private static String shortened(String subject) {
        return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT);
    }
}
