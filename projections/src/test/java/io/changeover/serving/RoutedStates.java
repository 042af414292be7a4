package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;

/** Gives routers of tests outside of this package a state, as the follower does. */
public final class RoutedStates {

    private RoutedStates() {}

    /** Has the router go by the state from here on. */
    public static void apply(Router router, ChangeoverState state) {
        router.apply(state);
    }
}
