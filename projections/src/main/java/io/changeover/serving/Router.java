package io.changeover.serving;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decides which version answers, from the latest state that this node has applied. Safe for use by several threads. */
public final class Router {

    private final Map<String, ChangeoverState> states = new ConcurrentHashMap<>();

    /**
     * The version that answers a call.
     *
     * @param routingKey what makes the reader sticky; without one the call moves last and returns first
     * @throws NotServedException when this node knows no state of the view yet
     */
    public int route(String view, @Nullable String routingKey) {
        ChangeoverState state = states.get(view);
        if (state == null) {
            throw new NotServedException(view);
        }
        Attempt open = state.open();
        if (open == null || open.percent() == 0) {
            return state.serving();
        }
        int cohort = routingKey == null ? Cohort.COUNT - 1 : Cohort.of(view, routingKey);
        return Cohort.served(cohort, open.percent()) ? open.to() : open.from();
    }

    /** The state that the view is routed by, or empty when this node knows none. */
    public Optional<ChangeoverState> state(String view) {
        return Optional.ofNullable(states.get(view));
    }

    void apply(ChangeoverState state) {
        states.put(state.view(), state);
    }
}
