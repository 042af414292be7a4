package io.changeover.cli;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The domains whose jars are on the class path, and the one among them that is meant. */
final class LocalDomains {

    private final EventDomains all;
    private final @Nullable EventDomain meant;
    private final @Nullable Path resources;

    private LocalDomains(EventDomains all, @Nullable EventDomain meant, @Nullable Path resources) {
        this.all = all;
        this.meant = meant;
        this.resources = resources;
    }

    /**
     * Finds them.
     *
     * @param name the domain that is meant, or null for the only one, or for all
     * @param resources folder of the resources of the domain that is meant, or null to look into the jars
     * @throws DomainException when there is none, none of that name, or several that the folder could belong to
     */
    static LocalDomains find(@Nullable String name, @Nullable Path resources) {
        EventDomains all = onClassPath();
        String names = all.all().stream().map(EventDomain::name).collect(Collectors.joining(", "));
        if (name != null) {
            EventDomain named = all.all().stream()
                    .filter(domain -> domain.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new DomainException(
                            "There is no domain '%s' on the class path; its domains are: %s".formatted(name, names)));
            return new LocalDomains(all, named, resources);
        }
        if (all.all().size() == 1) {
            return new LocalDomains(all, all.all().get(0), resources);
        }
        if (resources != null) {
            throw new DomainException(
                    "Folder '%s' must belong to one domain but the class path has several: %s; name it with --domain"
                            .formatted(resources, names));
        }
        return new LocalDomains(all, null, null);
    }

    private static EventDomains onClassPath() {
        EventDomains found;
        try {
            found = EventDomains.found(Thread.currentThread().getContextClassLoader());
        } catch (ServiceConfigurationError e) {
            throw new DomainException(
                    "A domain on the class path cannot be used: %s; correct META-INF/services/io.changeover.catalog.EventDomain, or the class that it names"
                            .formatted(e.getMessage()),
                    e);
        }
        if (found.all().isEmpty()) {
            throw new DomainException(
                    "The class path must have the jar of a domain but has none; set CHANGEOVER_DOMAIN to the folder of a jar that names its EventDomain in META-INF/services/io.changeover.catalog.EventDomain");
        }
        return found;
    }

    /** All domains, since the steps of one may lead to events of another. */
    EventDomains all() {
        return all;
    }

    /** The one that is meant, or all where none is. */
    List<EventDomain> meant() {
        return meant == null ? all.all() : List.of(meant);
    }

    /** The files of a domain: in the folder for the one that is meant, in its jar for every other. */
    DomainFiles files(EventDomain domain) {
        return resources != null && domain.equals(meant)
                ? DomainFiles.in(domain, resources)
                : DomainFiles.packaged(domain);
    }
}
