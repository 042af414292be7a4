package io.changeover.operation;

import io.changeover.catalog.DomainFiles;
import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import io.changeover.event.EventTypes;
import io.changeover.event.StoredEvent;
import io.changeover.operation.EventDescription.Reader;
import io.changeover.operation.EventDescription.RevisionDescription;
import io.changeover.operation.RollbackReport.Line;
import io.changeover.operation.RollbackReport.Way;
import io.changeover.sample.Sample;
import io.changeover.schema.SchemaLock;
import io.changeover.schema.SensitiveFields;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.stream.StoreInventory;
import io.changeover.stream.StoreSecret;
import io.changeover.upcast.Contract;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventStep;
import io.changeover.upcast.EventSteps;
import io.changeover.upcast.Loss;
import io.changeover.upcast.Revision;
import io.changeover.upcast.UnreadableEventException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers from the steps, the agreed schemas and the event store. Safe for use by several threads. */
public final class StoredEventOperations implements EventOperations {

    private static final int PAGE = 5_000;

    private final EventDomains domains;
    private final EventTypes types;
    private final EventSteps steps;
    private final EventReader reader;
    private final OrderedStream stream;
    private final StoreInventory inventory;
    private final StoreSecret secret;

    /** Operations on the store of the stream. */
    public StoredEventOperations(
            EventDomains domains,
            EventTypes types,
            EventSteps steps,
            EventReader reader,
            OrderedStream stream,
            StoreInventory inventory,
            StoreSecret secret) {
        this.domains = domains;
        this.types = types;
        this.steps = steps;
        this.reader = reader;
        this.stream = stream;
        this.inventory = inventory;
        this.secret = secret;
    }

    @Override
    public List<EventDescription> catalogue() {
        Map<Revision, Long> counts = counts();
        Set<Revision> all = new TreeSet<>(EventSteps.ORDER);
        all.addAll(steps.revisions());
        all.addAll(counts.keySet());
        Map<String, List<Revision>> byName =
                all.stream().collect(Collectors.groupingBy(Revision::name, TreeMap::new, Collectors.toList()));
        Map<String, SchemaLock> locks = new HashMap<>();
        Map<Revision, Integer> samples = new HashMap<>();
        for (EventDomain domain : domains.all()) {
            DomainFiles files = DomainFiles.packaged(domain);
            locks.put(domain.name(), files.lock());
            files.samples().forEach(sample -> samples.merge(sample.stored().key(), 1, Integer::sum));
        }
        List<EventDescription> events = new ArrayList<>();
        byName.forEach((name, revisions) -> events.add(describe(name, revisions, counts, locks, samples)));
        return events;
    }

    @Override
    public EventDescription event(String name) {
        return catalogue().stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-event",
                        "There is no event '%s' in any class, step or stored row; list the events to see their names"
                                .formatted(name)));
    }

    private EventDescription describe(
            String name,
            List<Revision> revisions,
            Map<Revision, Long> counts,
            Map<String, SchemaLock> locks,
            Map<Revision, Integer> samples) {
        EventDomain domain = domains.of(name).orElse(null);
        SchemaLock lock = domain == null ? null : locks.get(domain.name());
        return new EventDescription(
                name,
                domain == null ? null : domain.name(),
                domain == null ? null : domain.ownerOf(name),
                domain == null ? null : domain.compatibilityOf(name).name(),
                types.currentRevision(name).orElse(null),
                revisions.stream()
                        .map(revision -> describe(
                                revision, counts.getOrDefault(revision, 0L), lock, samples.getOrDefault(revision, 0)))
                        .toList(),
                domains.all().stream()
                        .flatMap(each -> each.consumers().stream())
                        .flatMap(consumer -> consumer.contract().revisions().stream()
                                .filter(read -> read.name().equals(name))
                                .map(read -> new Reader(consumer.name(), consumer.contact(), read.revision())))
                        .toList());
    }

    private RevisionDescription describe(Revision revision, long events, @Nullable SchemaLock lock, int samples) {
        EventStep up = steps.stepFrom(revision);
        EventStep down = steps.stepDownFrom(revision);
        var schema = lock == null ? null : lock.schema(revision).orElse(null);
        return new RevisionDescription(
                revision.revision(),
                up == null
                        ? List.of()
                        : up.targets().stream().map(Revision::toString).toList(),
                up == null ? List.of() : losses(up.lossesUp()),
                down == null ? null : down.sources().get(0).toString(),
                down == null ? List.of() : losses(down.lossesDown(revision)),
                steps.noWayDownFrom(revision),
                events,
                schema == null ? List.of() : SensitiveFields.paths(schema),
                schema,
                samples);
    }

    private static List<String> losses(List<Loss> losses) {
        return losses.stream().map(Loss::what).distinct().toList();
    }

    private Map<Revision, Long> counts() {
        return inventory.refresh().stream()
                .collect(Collectors.toMap(StoreInventory.Entry::revision, StoreInventory.Entry::events));
    }

    @Override
    public List<String> releases() {
        return domains.releases();
    }

    @Override
    public RollbackReport rollbackReport(String release) {
        // The events of the framework itself are read by every release of it.
        Contract contract = domains.release(release)
                .map(declared -> Contract.of(
                        release,
                        Stream.concat(declared.revisions().stream(), undeclared())
                                .toList()))
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-release",
                        "Release '%s' is not declared; the declared releases are: %s"
                                .formatted(
                                        release,
                                        domains.releases().isEmpty()
                                                ? "none; let the EventDomain name them"
                                                : String.join(", ", domains.releases()))));
        List<StoreInventory.Entry> stored = inventory.refresh();
        long position = stored.stream()
                .mapToLong(StoreInventory.Entry::lastPosition)
                .max()
                .orElse(0);
        Map<Revision, Refusals> refusals = refusals(stored, contract, position);
        List<Line> lines = new ArrayList<>();
        long[] sums = new long[3];
        for (StoreInventory.Entry entry : stored) {
            Line line = line(entry, contract, refusals.get(entry.revision()));
            lines.add(line);
            switch (line.way()) {
                case AS_IS -> sums[0] += entry.events();
                case DOWN -> {
                    sums[1] += entry.events() - line.refused();
                    sums[2] += line.refused();
                }
                case NOT, NEVER_KNEW -> sums[2] += entry.events();
            }
        }
        return new RollbackReport(release, position, sums[0], sums[1], sums[2], lines);
    }

    private Stream<Revision> undeclared() {
        return types.names().stream()
                .filter(name -> domains.of(name).isEmpty())
                .map(name -> new Revision(name, types.currentRevision(name).orElseThrow()));
    }

    private Line line(StoreInventory.Entry entry, Contract contract, @Nullable Refusals refusals) {
        Revision revision = entry.revision();
        Way way = way(revision, contract);
        Revision target = way == Way.AS_IS
                ? revision
                : way == Way.DOWN ? below(revision, contract).orElse(null) : null;
        String reason =
                switch (way) {
                    case AS_IS -> null;
                    case DOWN -> refusals == null || refusals.count == 0 ? null : refusals.reason;
                    case NOT -> noWayDown(revision);
                    case NEVER_KNEW -> "the release has never known such an event and leaves it out";
                };
        return new Line(
                revision.name(),
                revision.revision(),
                entry.events(),
                way,
                target == null ? null : target.toString(),
                refusals == null ? 0 : refusals.count,
                reason,
                refusals == null || refusals.count == 0 ? null : refusals.first,
                way == Way.DOWN ? lossesBetween(revision, contract) : List.of());
    }

    private Way way(Revision revision, Contract contract) {
        if (contract.knows(revision) || steps.reachable(revision).stream().anyMatch(contract::knows)) {
            return Way.AS_IS;
        }
        if (below(revision, contract).isPresent()) {
            return Way.DOWN;
        }
        return steps.concerns(revision, contract) ? Way.NOT : Way.NEVER_KNEW;
    }

    private Optional<Revision> below(Revision revision, Contract contract) {
        return steps.reachableDown(revision).stream().filter(contract::knows).findFirst();
    }

    private String noWayDown(Revision revision) {
        Revision at = revision;
        for (Revision next : steps.reachableDown(revision)) {
            at = next;
        }
        String declared = steps.noWayDownFrom(at);
        return declared == null ? "no step declares a way down from '%s'".formatted(at) : declared;
    }

    private List<String> lossesBetween(Revision from, Contract contract) {
        Set<String> losses = new LinkedHashSet<>();
        Revision at = from;
        EventStep step = steps.stepDownFrom(at);
        while (step != null && !contract.knows(at)) {
            losses.addAll(losses(step.lossesDown(at)));
            at = step.sources().get(0);
            step = steps.stepDownFrom(at);
        }
        return List.copyOf(losses);
    }

    private static final class Refusals {

        private long count;
        private long first;
        private String reason = "";
    }

    /** Takes every event down that the release would have to be told, because some values may be refused. */
    private Map<Revision, Refusals> refusals(List<StoreInventory.Entry> stored, Contract contract, long position) {
        Map<Revision, Refusals> refusals = new LinkedHashMap<>();
        stored.stream()
                .map(StoreInventory.Entry::revision)
                .filter(revision -> way(revision, contract) == Way.DOWN)
                .forEach(revision -> refusals.put(revision, new Refusals()));
        Set<String> names = refusals.keySet().stream().map(Revision::name).collect(Collectors.toSet());
        if (!names.isEmpty()) {
            read(position, names, event -> {
                Refusals of = refusals.get(new Revision(event.name(), event.revision()));
                if (of == null) {
                    return;
                }
                try {
                    reader.read(event, contract);
                } catch (UnreadableEventException e) {
                    if (of.count++ == 0) {
                        of.first = event.position();
                        of.reason = String.valueOf(
                                e.getCause() == null
                                        ? e.getMessage()
                                        : e.getCause().getMessage());
                    }
                }
            });
        }
        return refusals;
    }

    private void read(long upTo, Set<String> names, Consumer<StoredEvent> each) {
        long position = 0;
        while (position < upTo) {
            Page page = stream.read(position, PAGE, names);
            if (page.position() == position) {
                return;
            }
            page.events().stream().filter(event -> event.position() <= upTo).forEach(each);
            position = page.position();
        }
    }

    @Override
    public MinedSamples mineSamples() {
        List<StoreInventory.Entry> stored = inventory.refresh();
        Set<String> names = stored.stream()
                .map(entry -> entry.revision().name())
                .filter(name -> domains.of(name).isPresent())
                .collect(Collectors.toSet());
        SampleMining mining = new SampleMining(domains, steps, reader, secret.value());
        if (!names.isEmpty()) {
            read(stream.horizon(), names, mining::offer);
        }
        List<Sample> samples = mining.samples();
        return new MinedSamples(samples, mining.withheld());
    }
}
