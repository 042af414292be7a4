package io.changeover.catalog;

import io.changeover.event.EventTypes;
import io.changeover.upcast.Contract;
import io.changeover.upcast.EventStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The domains of an application, ordered by name.
 *
 * @param all each domain once
 */
public record EventDomains(List<EventDomain> all) {

    /** @throws IllegalArgumentException when two domains have one name */
    public EventDomains {
        all = all.stream()
                .sorted(java.util.Comparator.comparing(EventDomain::name))
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
        return EventTypes.of(
                all.stream().flatMap(domain -> domain.events().stream()).toList());
    }

    /** The steps of all domains. */
    public List<EventStep> steps() {
        return all.stream().flatMap(domain -> domain.steps().stream()).toList();
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
        return all.stream()
                .filter(domain -> Stream.concat(
                                domain.events().stream().map(type -> EventTypes.nameOf(type)),
                                domain.steps().stream()
                                        .flatMap(step -> step.sources().stream())
                                        .map(source -> source.name()))
                        .anyMatch(event::equals))
                .findFirst();
    }
}
