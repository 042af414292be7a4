package io.changeover.catalog;

import io.changeover.event.EventType;
import io.changeover.event.EventTypes;
import io.changeover.sample.Sample;
import io.changeover.schema.EventSchemas;
import io.changeover.schema.SchemaComparison;
import io.changeover.schema.SchemaInference;
import io.changeover.schema.SchemaLock;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Revision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the event classes of a domain against its lock file: the schema of every revision as it was agreed. Finds an
 * event that changed without a new revision, and a new revision that breaks what is declared of its compatibility.
 */
public final class SchemaCheck {

    /**
     * What was found.
     *
     * @param problems each in some lines, with what changed, who owns the event, who reads it, and the remedy; empty
     *     when the build may go on
     * @param notes what is kept but worth knowing, such as what a way down loses
     */
    public record Result(List<String> problems, List<String> notes) {}

    private final EventDomain domain;
    private final SchemaLock lock;
    private final EventSteps steps;
    private final Map<Revision, ObjectNode> current = new TreeMap<>(EventSteps.ORDER);
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private SchemaCheck(EventDomain domain, SchemaLock lock) {
        this.domain = domain;
        this.lock = lock;
        EventTypes types = EventTypes.of(domain.events());
        this.steps = EventSteps.of(domain.steps(), types);
        for (Class<?> event : domain.events()) {
            EventType type = event.getAnnotation(EventType.class);
            current.put(Revision.of(type.name(), type.revision()), EventSchemas.of(event));
        }
    }

    /**
     * Checks the domain.
     *
     * @throws io.changeover.upcast.InvalidEventStepsException when the steps do not fit together
     * @throws io.changeover.schema.UnsupportedEventClassException when a class cannot be told as a schema
     */
    public static Result of(EventDomain domain, SchemaLock lock) {
        SchemaCheck check = new SchemaCheck(domain, lock);
        check.current.forEach((revision, schema) -> check.revision(revision, schema, Set.of()));
        check.unlocked();
        check.gone();
        return new Result(List.copyOf(check.problems), List.copyOf(check.notes));
    }

    /**
     * The lock with today's classes, and with the schemas of earlier revisions as their samples show them.
     *
     * @param samples golden samples of the domain
     * @param replaced revisions whose agreed schema is to be replaced, because no event was ever stored in them
     * @return the new lock
     * @throws SchemaRefusedException when the domain breaks a rule that accepting cannot mend
     */
    public static SchemaLock accept(
            EventDomain domain, SchemaLock lock, Collection<Sample> samples, Set<Revision> replaced) {
        SchemaCheck check = new SchemaCheck(domain, lock);
        SchemaLock accepted = lock;
        for (Map.Entry<Revision, ObjectNode> event : check.current.entrySet()) {
            check.revision(event.getKey(), event.getValue(), replaced);
            accepted = accepted.with(event.getKey(), new SchemaLock.Entry(SchemaLock.Origin.RECORD, event.getValue()));
        }
        check.gone();
        for (Revision earlier : check.toInfer()) {
            List<ObjectNode> payloads = samples.stream()
                    .filter(sample -> sample.stored().key().equals(earlier))
                    .map(sample -> sample.stored().payload())
                    .toList();
            if (payloads.isEmpty() && lock.schema(earlier).isEmpty()) {
                check.problems.add(check.withoutSamples(earlier));
            } else if (!payloads.isEmpty()) {
                accepted = accepted.with(
                        earlier, new SchemaLock.Entry(SchemaLock.Origin.SAMPLES, SchemaInference.infer(payloads)));
            }
        }
        List<String> refused = check.problems.stream()
                .filter(problem -> !problem.endsWith(ACCEPT))
                .toList();
        if (!refused.isEmpty()) {
            throw new SchemaRefusedException(domain.name(), refused);
        }
        return accepted;
    }

    private static final String ACCEPT = "look at it, then accept it with 'changeover schemas accept'";

    private void revision(Revision revision, ObjectNode schema, Set<Revision> replaced) {
        Optional<ObjectNode> agreed = lock.schema(revision);
        int highest = numbers(revision.name()).stream().max(Integer::compare).orElse(0);
        if (number(revision) < highest) {
            problems.add(
                    "%s\n    went back: the lock has revision %d\n  a revision never goes back; raise it to %d or more"
                            .formatted(head(revision), highest, highest));
            return;
        }
        if (agreed.isEmpty()) {
            problems.add("%s\n    is new\n  %s".formatted(head(revision), ACCEPT));
        } else if (!agreed.get().equals(schema) && !replaced.contains(revision)) {
            problems.add(
                    "%s\n%s\n  the event changed without a new revision; give the class revision %d and declare the step from '%s', or take the change back (if no event was ever stored in it: 'changeover schemas accept --replace %s')"
                            .formatted(
                                    head(revision),
                                    lines(SchemaComparison.changes(agreed.get(), schema)),
                                    number(revision) + 1,
                                    revision,
                                    revision));
            return;
        }
        compatibility(revision, schema);
    }

    private void compatibility(Revision revision, ObjectNode schema) {
        Compatibility declared = domain.compatibilityOf(revision.name());
        List<Revision> earlier = lock.revisions().stream()
                .filter(other -> other.name().equals(revision.name()) && number(other) < number(revision))
                .sorted(EventSteps.ORDER.reversed())
                .toList();
        for (Revision other :
                declared.transitive() ? earlier : earlier.stream().limit(1).toList()) {
            ObjectNode before = lock.schema(other).orElseThrow();
            List<String> backward = SchemaComparison.obstacles(schema, before);
            if (declared.backward()
                    && !backward.isEmpty()
                    && !steps.reachable(other).contains(revision)) {
                problems.add(
                        "%s\n%s\n  today's class cannot read events of '%s', and no step leads up from it, but '%s' is declared; declare the step from '%s', or declare a weaker compatibility"
                                .formatted(head(revision), lines(backward), other, declared, other));
            }
            List<String> forward = SchemaComparison.obstacles(before, schema);
            if (declared.forward()
                    && !forward.isEmpty()
                    && !steps.reachableDown(revision).contains(other)) {
                problems.add(
                        "%s\n%s\n  readers of '%s' cannot read today's events, and no step leads down to it, but '%s' is declared; give the step its way down, or declare a weaker compatibility"
                                .formatted(head(revision), lines(forward), other, declared));
            }
        }
        losses(revision);
    }

    private void losses(Revision revision) {
        Revision at = revision;
        EventStep down = steps.stepDownFrom(at);
        while (down != null) {
            Revision target = at;
            down.lossesDown(at)
                    .forEach(loss ->
                            notes.add("'%s' told as '%s' loses %s".formatted(target, downTo(target), loss.what())));
            at = down.sources().get(0);
            down = steps.stepDownFrom(at);
        }
    }

    private String downTo(Revision target) {
        EventStep step = steps.stepDownFrom(target);
        return step == null ? "" : step.sources().get(0).toString();
    }

    /** Earlier revisions that a step leaves and that the lock does not have. */
    private List<Revision> withoutSchema() {
        return domain.steps().stream()
                .flatMap(step -> step.sources().stream())
                .filter(source -> lock.schema(source).isEmpty())
                .sorted(EventSteps.ORDER)
                .toList();
    }

    /** Those, and the ones whose schema says no more than samples did: it grows with them. */
    private List<Revision> toInfer() {
        return domain.steps().stream()
                .flatMap(step -> step.sources().stream())
                .filter(source -> lock.entry(source)
                        .map(entry -> entry.origin() == SchemaLock.Origin.SAMPLES)
                        .orElse(true))
                .sorted(EventSteps.ORDER)
                .toList();
    }

    private void unlocked() {
        for (Revision earlier : withoutSchema()) {
            problems.add(
                    "%s\n    has a step but no schema in the lock\n  mine samples of it with 'changeover samples mine', %s"
                            .formatted(head(earlier), ACCEPT));
        }
    }

    private String withoutSamples(Revision earlier) {
        return "%s\n    has a step but neither a schema in the lock nor a sample to infer it from\n  mine samples with 'changeover samples mine', or write one, then accept again"
                .formatted(head(earlier));
    }

    private void gone() {
        Set<String> known = new TreeSet<>();
        current.keySet().forEach(revision -> known.add(revision.name()));
        domain.steps().forEach(step -> step.sources().forEach(source -> known.add(source.name())));
        lock.revisions().stream()
                .map(Revision::name)
                .distinct()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add(
                        "%s\n    is in the lock, but no class and no step knows it any more\n  events that are stored could not be read; bring the class back, or declare a step that leads on from it or drops it"
                                .formatted(head(new Revision(
                                        name,
                                        Integer.toString(numbers(name).stream()
                                                .max(Integer::compare)
                                                .orElse(1)))))));
    }

    private String head(Revision revision) {
        String readers = domain.consumers().stream()
                .flatMap(consumer -> consumer.contract().revisions().stream()
                        .filter(read -> read.name().equals(revision.name()))
                        .map(read -> "%s at revision %s".formatted(consumer.name(), read.revision())))
                .sorted()
                .collect(Collectors.joining(", "));
        return "%s (owner: %s; read by: %s)"
                .formatted(revision, domain.ownerOf(revision.name()), readers.isEmpty() ? "nobody declared" : readers);
    }

    private static String lines(List<String> sentences) {
        return sentences.stream().map(sentence -> "    " + sentence).collect(Collectors.joining("\n"));
    }

    private List<Integer> numbers(String name) {
        return lock.revisions().stream()
                .filter(revision -> revision.name().equals(name))
                .map(SchemaCheck::number)
                .toList();
    }

    /** Revisions without a number come before all others. */
    private static int number(Revision revision) {
        @Nullable String text = revision.revision();
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
