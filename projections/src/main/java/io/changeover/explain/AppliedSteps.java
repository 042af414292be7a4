package io.changeover.explain;

import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventTree;
import io.changeover.upcast.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names the steps between a stored event and what it stands for today. */
final class AppliedSteps {

    private final EventSteps steps;
    private final EventTypes types;

    AppliedSteps(EventSteps steps, EventTypes types) {
        this.steps = steps;
        this.types = types;
    }

    /**
     * The steps in the order in which they are taken, such as {@code account.credited 1 -> 2}.
     *
     * @param today what they led to; where that is nothing, the way is told as far as there is only one
     */
    List<String> between(StoredEvent stored, Collection<EventTree> today) {
        Revision from = new Revision(stored.name(), stored.revision());
        return switch (steps.reading(stored.name(), stored.revision())) {
            case CURRENT, FOREIGN, UNKNOWN -> List.of();
            case DOWN -> down(from);
            case UP -> today.isEmpty() ? onlyWay(from) : up(from, today);
        };
    }

    private List<String> down(Revision from) {
        List<String> words = new ArrayList<>();
        Revision at = from;
        for (Revision next : steps.reachableDown(from)) {
            if (isCurrent(at)) {
                break;
            }
            words.add(words(at, next) + " (down)");
            at = next;
        }
        return words;
    }

    private List<String> onlyWay(Revision from) {
        List<String> words = new ArrayList<>();
        Revision at = from;
        EventStep step = steps.stepFrom(at);
        while (step != null && step.targets().size() == 1 && !isCurrent(at)) {
            words.add(words(at, step.targets().get(0)));
            at = step.targets().get(0);
            step = steps.stepFrom(at);
        }
        return words;
    }

    private List<String> up(Revision from, Collection<EventTree> today) {
        Map<Revision, Revision> before = new HashMap<>();
        Deque<Revision> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Revision at = open.remove();
            EventStep step = isCurrent(at) ? null : steps.stepFrom(at);
            if (step != null) {
                for (Revision target : step.targets()) {
                    if (!target.equals(from) && before.putIfAbsent(target, at) == null) {
                        open.add(target);
                    }
                }
            }
        }
        Set<String> words = new LinkedHashSet<>();
        for (EventTree event : today) {
            Deque<String> way = new ArrayDeque<>();
            Revision at = event.key();
            while (before.containsKey(at)) {
                Revision earlier = before.get(at);
                way.addFirst(words(earlier, at));
                at = earlier;
            }
            words.addAll(way);
        }
        return List.copyOf(words);
    }

    private boolean isCurrent(Revision revision) {
        return types.currentRevision(revision.name())
                .filter(current -> current.equals(revision.revision()))
                .isPresent();
    }

    private static String words(Revision from, Revision to) {
        return "%s %s -> %s%s"
                .formatted(from.name(), number(from), from.name().equals(to.name()) ? "" : to.name() + " ", number(to));
    }

    private static String number(Revision revision) {
        String number = revision.revision();
        return number == null ? "without revision" : number.isEmpty() ? "''" : number;
    }
}
