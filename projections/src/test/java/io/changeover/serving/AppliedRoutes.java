package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;

/** Lets tests of other packages say what a router has applied. */
public final class AppliedRoutes {

    private AppliedRoutes() {}

    /** The router routes by the state from here on. */
    public static void apply(Router router, ChangeoverState state) {
        router.apply(state);
    }
}
