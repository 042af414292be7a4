package io.changeover.app.security;

import java.util.Set;

/** The one place that says in which roles of a plan somebody can approve. Nothing that a request says changes it. */
public final class ApprovalRoles {

    private ApprovalRoles() {}

    /** Roles of whoever sent the current request; nobody's where nobody has authenticated. */
    public static Set<String> ofCaller() {
        SignedIn caller = SignedIn.current();
        return caller == null ? Set.of() : caller.roles();
    }
}
