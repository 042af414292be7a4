package io.changeover.catalog;

import io.changeover.event.EventTypes;
import io.changeover.upcast.Contract;
import io.changeover.upcast.EventStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The domains of an application, ordered by name. What they declare is asked for once. Immutable and safe for use by
 * several threads.
 */
public final class EventDomains {

    private final List<EventDomain> all;
    private final List<Class<?>> events;
    private final List<EventStep> steps;
    private final Map<String, EventDomain> byEvent = new HashMap<>();

    /**
     * @param domains each domain once
     * @throws IllegalArgumentException when two domains have one name
     */
    public EventDomains(List<? extends EventDomain> domains) {
        all = domains.stream()
                .sorted(Comparator.comparing(EventDomain::name))
                .map(EventDomain.class::cast)
                .toList();
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).name().equals(all.get(i - 1).name())) {
                throw new IllegalArgumentException(
                        "Domain name '%s' must belong to one domain but %s and %s have it; rename one"
                                .formatted(
                                        all.get(i).name(),
                                        all.get(i - 1).getClass().getName(),
                                        all.get(i).getClass().getName()));
            }
        }
        List<Class<?>> declared = new ArrayList<>();
        List<EventStep> taken = new ArrayList<>();
        for (EventDomain domain : all) {
            for (Class<?> type : domain.events()) {
                declared.add(type);
                byEvent.putIfAbsent(EventTypes.nameOf(type), domain);
            }
            for (EventStep step : domain.steps()) {
                taken.add(step);
                step.sources().forEach(source -> byEvent.putIfAbsent(source.name(), domain));
            }
        }
        events = List.copyOf(declared);
        steps = List.copyOf(taken);
    }

    /** Each domain, ordered by name. */
    public List<EventDomain> all() {
        return all;
    }

    /** The domains that jars on the class path name as a service. */
    public static EventDomains found(ClassLoader classLoader) {
        return new EventDomains(ServiceLoader.load(EventDomain.class, classLoader).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /** These domains and others; one that is there already, by its class, is not added again. */
    public EventDomains and(Collection<? extends EventDomain> others) {
        List<EventDomain> joined = new ArrayList<>(all);
        for (EventDomain other : others) {
            if (joined.stream().noneMatch(domain -> domain.getClass().equals(other.getClass()))) {
                joined.add(other);
            }
        }
        return new EventDomains(joined);
    }

    /** The event classes of all domains. */
    public EventTypes types() {
        return EventTypes.of(events);
    }

    /** The steps of all domains. */
    public List<EventStep> steps() {
        return steps;
    }

    /** The release of this name, from any domain; empty when none has it. */
    public Optional<Contract> release(String name) {
        List<Contract> found = all.stream()
                .flatMap(domain -> domain.releases().stream())
                .filter(release -> release.name().equals(name))
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(Contract.of(
                        name,
                        found.stream()
                                .flatMap(release -> release.revisions().stream())
                                .toList()));
    }

    /** The names of all releases, oldest first. */
    public List<String> releases() {
        return all.stream()
                .flatMap(domain -> domain.releases().stream())
                .map(Contract::name)
                .distinct()
                .toList();
    }

    /** The domain whose classes or steps know the event, or empty. */
    public Optional<EventDomain> of(String event) {
        return Optional.ofNullable(byEvent.get(event));
    }
}
