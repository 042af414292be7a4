package io.changeover.rebuild;

import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The code between stored events and their classes. A step is an object that does not tell which code made it, so all
 * code that a domain declares its steps with stands for each of them. Not safe for use by several threads.
 */
final class ReadingCode {

    private final Map<EventDomain, List<EventStep>> byDomain = new LinkedHashMap<>();
    private final Map<EventDomain, ReachableCode> declaring = new LinkedHashMap<>();
    private final List<EventStep> undeclared;

    ReadingCode(EventDomains domains, EventSteps steps) {
        domains.all().forEach(domain -> byDomain.put(domain, domain.steps()));
        Set<EventStep> declared = Collections.newSetFromMap(new IdentityHashMap<>());
        declared.addAll(domains.steps());
        undeclared =
                steps.steps().stream().filter(step -> !declared.contains(step)).toList();
    }

    /**
     * A hash of the code through which events of these stored names go.
     *
     * @param outside takes what that code asks that is not code
     */
    String of(Set<String> storedNames, Set<String> outside) {
        if (!ways(undeclared, storedNames).isEmpty()) {
            outside.add("the steps of a later release");
        }
        StringBuilder text = new StringBuilder();
        byDomain.forEach((domain, steps) -> {
            String ways = ways(steps, storedNames);
            if (!ways.isEmpty()) {
                ReachableCode code = declaring.computeIfAbsent(domain, ReadingCode::declaring);
                outside.addAll(code.outside());
                text.append(ways).append(code.hash());
            }
        });
        return Hash.of(text.toString());
    }

    private static ReachableCode declaring(EventDomain domain) {
        Class<?> type = domain.getClass();
        return ReachableCode.of(new ClassFiles(type), type, List.of("steps ()Ljava/util/List;"));
    }

    private static String ways(Collection<EventStep> steps, Set<String> storedNames) {
        return steps.stream()
                .filter(step -> step.sources().stream().anyMatch(source -> storedNames.contains(source.name())))
                .map(step -> step.sources() + " to " + step.targets())
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
