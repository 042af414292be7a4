package io.changeover.consumer;

import io.changeover.serving.ReadTally;
import io.changeover.serving.Router;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what this node's router has counted to the database. What does not arrive there is kept and sent again under the
 * same identifier before anything newer, so each call is counted once. A node that is killed loses what it has counted
 * since it told it last. Safe for use by several threads.
 */
public final class ReadCollector {

    private final Router router;
    private final ReadStore store;
    private final ConsumerCatalogue catalogue;
    private final List<ReadListener> listeners;
    private final CollectorOptions options;
    private final Clock clock;
    private final Supplier<UUID> identifiers;
    private final UndeclaredReads undeclared;
    private @Nullable Batch sent;
    private Batch waiting;
    private LocalDate removedOn = LocalDate.MIN;

    /** @param identifiers gives identifiers that no other node gives */
    public ReadCollector(
            Router router,
            ReadStore store,
            ConsumerCatalogue catalogue,
            List<ReadListener> listeners,
            CollectorOptions options,
            Clock clock,
            Supplier<UUID> identifiers) {
        this.router = router;
        this.store = store;
        this.catalogue = catalogue;
        this.listeners = List.copyOf(listeners);
        this.options = options;
        this.clock = clock;
        this.identifiers = identifiers;
        this.undeclared = new UndeclaredReads(catalogue);
        this.waiting = new Batch(identifiers.get());
    }

    /**
     * Adds what was counted since the last time.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked; the counts are kept for the
     *     next time
     */
    public synchronized void takeIn() {
        Instant now = clock.instant();
        for (ReadTally tally : router.tallies()) {
            waiting.add(tally, now);
            tell(tally, now);
        }
        do {
            if (sent == null) {
                sent = waiting;
                waiting = new Batch(identifiers.get());
            }
            if (!sent.isEmpty()) {
                store.add(sent);
            }
            sent = null;
        } while (!waiting.isEmpty());
    }

    private void tell(ReadTally tally, Instant now) {
        boolean declared = catalogue.declares(
                tally.identity().consumer(),
                tally.view(),
                tally.version(),
                tally.identity().apiVersion());
        if (!declared) {
            undeclared.note(tally, day(now));
        }
        listeners.forEach(listener -> listener.taken(tally, declared));
    }

    /** Adds what was counted and tells that it was; once a day removes what is too old. To be called after each interval. */
    synchronized void collect() {
        takeIn();
        store.collected(options.overdue());
        LocalDate today = day(clock.instant());
        if (!today.equals(removedOn)) {
            store.remove(today.minusDays(options.keep().toDays()));
            removedOn = today;
        }
    }

    CollectorOptions options() {
        return options;
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
