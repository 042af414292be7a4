package io.changeover.operation;

import io.changeover.consumer.Consumer;
import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.consumer.ObservedRead;
import io.changeover.consumer.ReadCollector;
import io.changeover.consumer.ReadStore;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Consumers as this node declares them, and as all nodes have counted them. Safe for use by several threads. */
public final class LiveConsumerOperations implements ConsumerOperations {

    private final Versions versions;
    private final ConsumerCatalogue catalogue;
    private final ReadStore store;
    private final ReadCollector collector;
    private final Clock clock;

    /** The verbs over the catalogue and what was counted. */
    public LiveConsumerOperations(
            Versions versions, ConsumerCatalogue catalogue, ReadStore store, ReadCollector collector, Clock clock) {
        this.versions = versions;
        this.catalogue = catalogue;
        this.store = store;
        this.collector = collector;
        this.clock = clock;
    }

    @Override
    public List<ConsumerStatus> consumers(@Nullable String view) {
        if (view != null) {
            versions.requireView(view);
        }
        collector.takeIn();
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, List<ObservedRead>> seen = store.observed(today, view).stream()
                .collect(Collectors.groupingBy(ObservedRead::consumer, TreeMap::new, Collectors.toList()));
        List<ConsumerStatus> all = new ArrayList<>();
        for (Consumer consumer : catalogue.all()) {
            List<ObservedRead> reads = seen.remove(consumer.name());
            if (reads != null || view == null || names(consumer, view)) {
                all.add(declared(consumer, reads == null ? List.of() : reads));
            }
        }
        seen.forEach((name, reads) -> all.add(undeclared(name, reads)));
        return all;
    }

    private static boolean names(Consumer consumer, String view) {
        return consumer.views().stream().anyMatch(each -> each.equals(view) || each.startsWith(view + "@"));
    }

    @Override
    public ConsumerHistory consumer(String name, @Nullable String view) {
        ConsumerStatus status = consumers(view).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-consumer",
                        "There is no consumer '%s': it is neither declared nor was it seen%s; list the consumers to see which there are"
                                .formatted(name, view == null ? "" : " with view '%s'".formatted(view))));
        return new ConsumerHistory(status, store.days(name, view));
    }

    private ConsumerStatus declared(Consumer consumer, List<ObservedRead> reads) {
        return new ConsumerStatus(
                consumer.name(),
                true,
                consumer.owner(),
                consumer.contact(),
                consumer.views(),
                consumer.apiVersions(),
                consumer.freshness(),
                consumer.readYourWrites(),
                !consumer.tokenHash().isEmpty(),
                lastSeen(reads),
                reads(reads));
    }

    private ConsumerStatus undeclared(String name, List<ObservedRead> reads) {
        return new ConsumerStatus(
                name, false, "", "", List.of(), List.of(), null, false, false, lastSeen(reads), reads(reads));
    }

    private static @Nullable Instant lastSeen(List<ObservedRead> reads) {
        return reads.stream()
                .map(ObservedRead::lastSeen)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private List<ConsumerRead> reads(List<ObservedRead> reads) {
        return reads.stream()
                .map(read -> new ConsumerRead(
                        read.view() + "@" + read.version(),
                        read.apiVersion(),
                        catalogue.declares(read.consumer(), read.view(), read.version(), read.apiVersion()),
                        read.callsToday(),
                        read.callsInWeek(),
                        read.lastSeen()))
                .toList();
    }
}
