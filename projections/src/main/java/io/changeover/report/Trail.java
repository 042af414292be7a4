package io.changeover.report;

import io.changeover.changeover.ChangeoverEvent;
import io.changeover.changeover.ChangeoverEvent.Declared;
import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events of one changeover with the state after each, up to where the next one of the view begins.
 *
 * @param declared the event that began it
 * @param steps all its events in order, that one first
 */
record Trail(Declared declared, List<Step> steps) {

    /**
     * An event.
     *
     * @param number its number among the events of the view
     * @param position its position in the store; 0 where it is not known
     * @param attempt the changeover after it
     */
    record Step(long number, long position, Instant at, ChangeoverEvent event, Attempt attempt) {}

    /**
     * An event of a view, as it is stored.
     *
     * @param number its number among the events of the view
     * @param position its position in the store; 0 where it is not known
     */
    record Stored(long number, long position, Instant at, ChangeoverEvent event) {}

    /** All changeovers of a view, from its events. */
    static List<Trail> of(List<Stored> events) {
        List<Trail> trails = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        Declared declared = null;
        ChangeoverState state = null;
        for (Stored stored : events) {
            if (stored.event() instanceof ChangeoverEvent.ViewRegistered registered) {
                state = ChangeoverState.of(registered);
                continue;
            }
            if (state == null) {
                continue;
            }
            state = state.after(stored.event(), stored.at());
            if (stored.event() instanceof Declared next) {
                add(trails, declared, steps);
                declared = next;
                steps = new ArrayList<>();
            }
            Attempt attempt = state.latest();
            if (attempt != null) {
                steps.add(new Step(stored.number(), stored.position(), stored.at(), stored.event(), attempt));
            }
        }
        add(trails, declared, steps);
        return trails;
    }

    private static void add(List<Trail> trails, @Nullable Declared declared, List<Step> steps) {
        if (declared != null) {
            trails.add(new Trail(declared, List.copyOf(steps)));
        }
    }

    Step first() {
        return steps.get(0);
    }

    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** The event that ended it, if it is over; what comes later concerns a version that was given up. */
    Optional<Step> end() {
        if (!last().attempt().phase().closed()) {
            return Optional.empty();
        }
        for (int i = steps.size() - 1; i > 0; i--) {
            if (!steps.get(i - 1).attempt().phase().closed()) {
                return Optional.of(steps.get(i));
            }
        }
        return Optional.empty();
    }
}
