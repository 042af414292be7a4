package io.changeover.kit;

import io.changeover.kit.Trial.Fault;
import io.changeover.kit.Trial.Rule;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Origin;
import io.changeover.upcast.Revision;
import io.changeover.upcast.StepRefusedException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Sends payloads between two revisions. */
final class Trials {

    private final EventSteps steps;
    private final PayloadCheck check;
    private final Origin origin;
    private final Pair pair;
    private final boolean exact;
    private final boolean needsContext;

    Trials(EventSteps steps, PayloadCheck check, Origin origin, Pair pair) {
        this.steps = steps;
        this.check = check;
        this.origin = origin;
        this.pair = pair;
        this.exact = pair.hasWayBack(steps) && pair.unboundedLosses(steps).isEmpty();
        this.needsContext = pair.needsContext(steps);
    }

    /** The payload with examples in it, the same for the same seed. */
    ObjectNode exemplified(ObjectNode drawn, long seed) {
        return Exemplification.of(steps, origin, pair, drawn, new Random(seed));
    }

    Trial of(ObjectNode payload) {
        return new Attempt(payload).trial();
    }

    private final class Attempt {

        private final ObjectNode payload;
        private int checks;
        private boolean arrived;
        private @Nullable String refusal;

        private Attempt(ObjectNode payload) {
            this.payload = payload;
        }

        private Trial trial() {
            Fault fault = fault();
            return new Trial(payload, checks, arrived, refusal, fault);
        }

        private @Nullable Fault fault() {
            Fault unfit = unfit(Rule.EXAMPLES_FIT, EventTree.of(pair.from(), payload));
            if (unfit != null) {
                return unfit;
            }
            checks++;
            List<EventTree> there;
            List<EventTree> again;
            try {
                there = go(payload);
                again = go(payload);
            } catch (StepRefusedException e) {
                if (!pair.up() || needsContext) {
                    refusal = e.getMessage();
                    return null;
                }
                return failed(Rule.GETS_THERE, pair.to(), e);
            } catch (RuntimeException e) {
                return failed(Rule.GETS_THERE, pair.to(), e);
            }
            checks++;
            if (!text(there).equals(text(again))) {
                return new Fault(Rule.REPEATS, text(there), text(again));
            }
            for (EventTree event : there) {
                if (event.key().equals(pair.to())) {
                    arrived = true;
                    Fault wrong = wrong(event);
                    if (wrong != null) {
                        return wrong;
                    }
                }
            }
            return null;
        }

        private @Nullable Fault wrong(EventTree event) {
            Fault unfit = unfit(Rule.FITS, event);
            return unfit == null && pair.hasWayBack(steps) ? changed(event) : unfit;
        }

        private @Nullable Fault unfit(Rule rule, EventTree event) {
            checks++;
            List<String> violations = check.violations(event.key(), event.payload());
            return violations.isEmpty()
                    ? null
                    : new Fault(
                            rule,
                            "a payload of '%s'".formatted(event.key()),
                            "%s, of which %s".formatted(event.payload(), String.join(", and ", violations)));
        }

        private @Nullable Fault changed(EventTree event) {
            Revision home = pair.home(steps);
            checks++;
            List<EventTree> back;
            try {
                back = goBack(event);
            } catch (RuntimeException e) {
                return !exact && pair.up() && e instanceof StepRefusedException
                        ? refused(e)
                        : failed(Rule.GETS_BACK, home, e);
            }
            if (!exact) {
                return null;
            }
            checks++;
            boolean same =
                    back.stream().anyMatch(each -> each.key().equals(home) && Json.same(each.payload(), payload));
            return same ? null : new Fault(Rule.IS_THE_SAME, text(List.of(EventTree.of(home, payload))), text(back));
        }

        private @Nullable Fault refused(RuntimeException e) {
            refusal = e.getMessage();
            return null;
        }
    }

    private List<EventTree> go(ObjectNode payload) {
        EventTree event = EventTree.of(pair.from(), payload.deepCopy());
        return pair.up()
                ? steps.up(event, origin, Pair.endOfWayTo(pair.to(), steps))
                : List.of(steps.down(event, origin, pair.to()::equals));
    }

    private List<EventTree> goBack(EventTree event) {
        Revision home = pair.home(steps);
        return pair.up()
                ? List.of(steps.down(event.copy(), origin, home::equals))
                : steps.up(event.copy(), origin, Pair.endOfWayTo(home, steps));
    }

    private static Fault failed(Rule rule, Revision to, RuntimeException e) {
        return new Fault(
                rule,
                "a payload of '%s'".formatted(to),
                "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }

    private static String text(List<EventTree> events) {
        return events.isEmpty()
                ? "no event"
                : events.stream()
                        .map(event -> event.key() + " " + event.payload())
                        .collect(Collectors.joining(", "));
    }
}
