package io.changeover.upcast;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks for everything that is wrong with steps as a graph. */
final class StepGraphCheck {

    private final Collection<EventStep> steps;
    private final EventTypes eventTypes;
    private final Map<Revision, EventStep> bySource = new LinkedHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    StepGraphCheck(Collection<EventStep> steps, EventTypes eventTypes) {
        this.steps = steps;
        this.eventTypes = eventTypes;
    }

    List<String> problems() {
        duplicates();
        ends();
        cycles();
        gapsBelowClasses();
        return List.copyOf(problems);
    }

    /** For classes that may be older than the steps. */
    List<String> problemsWithoutClasses() {
        duplicates();
        cycles();
        return List.copyOf(problems);
    }

    private void duplicates() {
        Map<Revision, EventStep> downs = new LinkedHashMap<>();
        for (EventStep step : steps) {
            for (Revision source : step.sources()) {
                EventStep other = bySource.put(source, step);
                if (other != null) {
                    problems.add(
                            other.sources().equals(step.sources())
                                    ? "two steps leave revision '%s' but each revision has one; remove one"
                                            .formatted(source)
                                    : "the sources %s and %s of two steps overlap at '%s' but each revision has one step; name it in one of them"
                                            .formatted(other.sources(), step.sources(), source));
                }
            }
            for (Revision target : step.ambiguousDowns()) {
                problems.add(
                        "two ways of the step from '%s' lead to '%s', so its way down could not tell them apart; let one of them lead to another event, or declare the step 'withoutWayDown'"
                                .formatted(step.sources().get(0), target));
            }
            for (Revision target : step.downs().keySet()) {
                EventStep other = downs.put(target, step);
                if (other != null && !other.sources().equals(step.sources())) {
                    problems.add(
                            "two steps lead down from revision '%s', to '%s' and to '%s', but each revision has one way down; declare one of them 'withoutWayDown'"
                                    .formatted(
                                            target,
                                            other.sources().get(0),
                                            step.sources().get(0)));
                }
            }
        }
    }

    private void ends() {
        for (EventStep step : steps) {
            for (Revision target : new HashSet<>(step.targets())) {
                if (bySource.containsKey(target) || isCurrent(target)) {
                    continue;
                }
                Optional<Integer> next = nextSource(target);
                if (next.isPresent()) {
                    problems.add(
                            "there is a gap between the step from '%s', which leads to '%s', and the next one, which leaves '%s'; add the step from '%s'"
                                    .formatted(
                                            step.sources().get(0),
                                            target,
                                            Revision.of(target.name(), next.get()),
                                            target));
                } else {
                    problems.add(
                            "the step from '%s' leads to '%s', which is neither the revision of today's class (%s) nor the source of another step; add the missing step or correct the class"
                                    .formatted(
                                            step.sources().get(0),
                                            target,
                                            eventTypes
                                                    .currentRevision(target.name())
                                                    .orElse("there is none")));
                }
            }
        }
        for (Revision source : bySource.keySet()) {
            // Where the step leads nowhere that is known, that has been said already.
            if (isCurrent(source) && bySource.get(source).targets().stream().allMatch(this::isKnown)) {
                problems.add(
                        "a step leaves '%s', which is the revision of today's class, so no event would ever be read as that class; raise the revision of the class or remove the step"
                                .formatted(source));
            }
        }
    }

    private boolean isKnown(Revision revision) {
        return isCurrent(revision) || bySource.containsKey(revision);
    }

    private Optional<Integer> nextSource(Revision target) {
        Optional<Integer> from = number(target);
        return bySource.keySet().stream()
                .filter(source -> source.name().equals(target.name()))
                .flatMap(source -> number(source).stream())
                .filter(number -> from.isPresent() && number > from.get())
                .min(Integer::compare);
    }

    private void cycles() {
        for (Revision source : bySource.keySet()) {
            if (reachable(source).contains(source)) {
                problems.add(
                        "the step from '%s' leads back to where it began, so an event would go up for ever; let one of the steps lead to a later revision"
                                .formatted(source));
            }
        }
    }

    private void gapsBelowClasses() {
        Map<Revision, Revision> entered = new LinkedHashMap<>();
        for (EventStep step : steps) {
            for (Revision target : step.targets()) {
                if (!step.sources().get(0).name().equals(target.name())) {
                    entered.put(target, step.sources().get(0));
                }
            }
        }
        for (String name : new TreeSet<>(eventTypes.names())) {
            EventType type = eventTypes.typeOf(eventTypes.classOf(name).orElseThrow());
            int current = type == null ? 1 : type.revision();
            int first = entered.keySet().stream()
                    .filter(target -> target.name().equals(name))
                    .flatMap(target -> number(target).stream())
                    .min(Integer::compare)
                    .orElse(type == null ? 1 : type.firstRevision());
            for (int revision = first; revision < current; revision++) {
                Revision source = Revision.of(name, revision);
                boolean reported = problems.stream()
                        .anyMatch(problem -> problem.endsWith("add the step from '%s'".formatted(source)));
                if (!bySource.containsKey(source) && !reported) {
                    problems.add(
                            "there is a gap below '%s': no step leaves '%s', so events stored in it could not be read; add the step, or raise firstRevision of the class if that revision was never stored"
                                    .formatted(Revision.of(name, current), source));
                }
            }
        }
    }

    private boolean isCurrent(Revision revision) {
        return revision.revision() != null
                && eventTypes
                        .currentRevision(revision.name())
                        .filter(revision.revision()::equals)
                        .isPresent();
    }

    private Set<Revision> reachable(Revision source) {
        Set<Revision> reached = new HashSet<>();
        Deque<Revision> open = new ArrayDeque<>(Set.of(source));
        while (!open.isEmpty()) {
            EventStep step = bySource.get(open.remove());
            if (step != null) {
                step.targets().stream().filter(reached::add).forEach(open::add);
            }
        }
        return reached;
    }

    private static Optional<Integer> number(Revision revision) {
        try {
            return revision.revision() == null ? Optional.empty() : Optional.of(Integer.parseInt(revision.revision()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
