package io.changeover.projections.autoconfigure;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventCheck;
import io.changeover.catalog.EventDomains;
import io.changeover.catalog.LaterRelease;
import io.changeover.projections.autoconfigure.ChangeoverProperties.Store;
import io.changeover.projections.autoconfigure.ChangeoverProperties.UnknownEvents;
import io.changeover.stream.StoreInventory;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.EventSteps.Reading;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Finds, before anything is served, what would park events or mislead aggregates later. */
final class EventCheckAtStart implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(EventCheckAtStart.class);

    private final EventDomains domains;
    private final EventSteps steps;
    private final StoreInventory inventory;
    private final ObjectProvider<LaterRelease> later;
    private final Store settings;

    EventCheckAtStart(
            EventDomains domains,
            EventSteps steps,
            StoreInventory inventory,
            ObjectProvider<LaterRelease> later,
            Store settings) {
        this.domains = domains;
        this.steps = steps;
        this.inventory = inventory;
        this.later = later;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> problems = new ArrayList<>();
        // The samples of a release that was rolled back are held against its own steps, which are not in use.
        if (later.getIfAvailable() == null) {
            problems.addAll(EventCheck.atStart(
                    domains,
                    steps,
                    domains.all().stream()
                            .flatMap(domain -> DomainFiles.packaged(domain).samples().stream())
                            .toList()));
        }
        List<String> unknown = unknownInStore();
        if (settings.unknownEvents() == UnknownEvents.REFUSE) {
            problems.addAll(unknown);
        } else {
            unknown.forEach(LOG::warn);
        }
        if (!problems.isEmpty()) {
            throw new EventCheckFailedException(problems);
        }
    }

    private List<String> unknownInStore() {
        List<String> problems = new ArrayList<>();
        for (StoreInventory.Entry entry : inventory.refresh()) {
            String name = entry.revision().name();
            Reading reading = steps.reading(name, entry.revision().revision());
            boolean foreign =
                    reading == Reading.FOREIGN && !settings.ignoredEvents().contains(name);
            if (foreign || reading == Reading.UNKNOWN) {
                problems.add(
                        "the store holds %s, %s; %s, or set changeover.store.unknown-events=warn to go on without them"
                                .formatted(
                                        told(entry),
                                        foreign
                                                ? "which no class and no step knows"
                                                : "a revision that neither a class nor a step knows",
                                        foreign
                                                ? "declare the class or a step that drops them, name them in changeover.store.ignored-events if they belong to somebody else"
                                                : "declare the step that leaves it, deploy the release that wrote them, or give its jar in changeover.events.later-release"));
            }
        }
        return problems;
    }

    private static String told(StoreInventory.Entry entry) {
        return entry.events() == 1
                ? "1 event of '%s' (at position %d)".formatted(entry.revision(), entry.firstPosition())
                : "%d events of '%s' (at positions %d to %d)"
                        .formatted(entry.events(), entry.revision(), entry.firstPosition(), entry.lastPosition());
    }
}
