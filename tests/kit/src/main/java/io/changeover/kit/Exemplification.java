package io.changeover.kit;

import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.ExampleMerge;
import io.changeover.upcast.Origin;
import io.changeover.upcast.Revision;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts into a generated payload what the steps on its way give as examples. Examples of a later step are put in where
 * that step begins and brought back through the steps before it, as far as those have a way back.
 */
final class Exemplification {

    private final EventSteps steps;
    private final Origin origin;
    private final Pair pair;
    private final ObjectNode payload;
    private final RandomGenerator random;

    private Exemplification(EventSteps steps, Origin origin, Pair pair, ObjectNode payload, RandomGenerator random) {
        this.steps = steps;
        this.origin = origin;
        this.pair = pair;
        this.payload = payload;
        this.random = random;
    }

    /** A payload with examples for each step on the way of the pair that can be given them. */
    static ObjectNode of(EventSteps steps, Origin origin, Pair pair, ObjectNode drawn, RandomGenerator random) {
        ObjectNode payload = drawn.deepCopy();
        Exemplification work = new Exemplification(steps, origin, pair, payload, random);
        try {
            if (pair.up()) {
                work.forWayUp();
            } else {
                work.forWayDown();
            }
        } catch (RuntimeException e) {
            // A step that cannot get as far as its examples fails in the trial too, where it is told.
            return payload;
        }
        return payload;
    }

    private void forWayUp() {
        Optional<EventTree> at = Optional.of(EventTree.of(pair.from(), payload));
        while (at.isPresent() && !at.get().key().equals(pair.to())) {
            EventTree here = at.get();
            EventStep step = steps.stepFrom(here.key());
            if (step == null) {
                return;
            }
            if (here.key().equals(pair.from())) {
                step.exemplifyUp(payload, origin, random);
            } else {
                EventTree with = here.copy();
                step.exemplifyUp(with.payload(), origin, random);
                bringBack(here, with);
            }
            at = steps.up(EventTree.of(pair.from(), payload.deepCopy()), origin, step.targets()::contains).stream()
                    .filter(event -> pair.leadsTo(steps, event.key()))
                    .findFirst();
        }
    }

    private void forWayDown() {
        EventTree at = EventTree.of(pair.from(), payload);
        while (!at.key().equals(pair.to())) {
            Revision key = at.key();
            EventStep step = steps.stepDownFrom(key);
            if (step == null) {
                return;
            }
            if (key.equals(pair.from())) {
                step.exemplifyDown(key, payload, origin, random);
            } else {
                EventTree with = at.copy();
                step.exemplifyDown(key, with.payload(), origin, random);
                bringBack(at, with);
            }
            at = steps.down(
                    EventTree.of(pair.from(), payload.deepCopy()),
                    origin,
                    step.sources().get(0)::equals);
        }
    }

    private void bringBack(EventTree without, EventTree with) {
        if (!with.payload().equals(without.payload())) {
            ExampleMerge.into(payload, back(without), back(with));
        }
    }

    private ObjectNode back(EventTree event) {
        Revision home = pair.home(steps);
        return pair.up()
                ? steps.down(event.copy(), origin, home::equals).payload()
                : steps.up(event.copy(), origin, Pair.endOfWayTo(home, steps)).stream()
                        .filter(each -> each.key().equals(home))
                        .findFirst()
                        .orElseThrow()
                        .payload();
    }
}
