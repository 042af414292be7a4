package io.changeover.effect;

import io.changeover.effect.EffectMethod.Call;
import io.changeover.effect.EffectStore.Due;
import io.changeover.effect.EffectStore.Open;
import io.changeover.effect.EffectStore.Place;
import io.changeover.event.StoredEvent;
import io.changeover.projection.DaemonThreads;
import io.changeover.sensitive.SensitiveValues;
import io.changeover.stream.OrderedStream;
import io.changeover.trace.LogFields;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries effects out, each outside of any transaction and under a lease that is renewed for as long as the call takes. A
 * node that dies between a call and its mark leaves an effect that was done and looks as if it were not: another node calls
 * it again, with the same key.
 */
final class EffectRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);
    private static final long PATIENCE_SECONDS = 20;
    private static final int RENEWALS = 3;

    private final EffectCatalogue catalogue;
    private final OrderedStream stream;
    private final EventReader reader;
    private final EffectStore store;
    private final EffectOptions options;
    private final String claimant;
    private final Runnable wake;
    private final List<String> known;
    private final Semaphore free;
    private final Set<Place> underWay = ConcurrentHashMap.newKeySet();
    private final Set<String> said = new HashSet<>();
    private final ExecutorService workers;
    private final ScheduledExecutorService renewal =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("changeover-effect-lease"));

    EffectRunner(
            EffectCatalogue catalogue,
            OrderedStream stream,
            EventReader reader,
            EffectStore store,
            EffectOptions options,
            Claimant claimant,
            Runnable wake) {
        this.catalogue = catalogue;
        this.stream = stream;
        this.reader = reader;
        this.store = store;
        this.options = options;
        this.claimant = claimant.written();
        this.wake = wake;
        this.known = catalogue.each(effect -> EffectStore.written(effect.version(), effect.name()));
        this.free = new Semaphore(options.workers());
        this.workers = Executors.newFixedThreadPool(options.workers(), new DaemonThreads("changeover-effect"));
    }

    void start() {
        long every = Math.max(1, options.lease().toMillis() / RENEWALS);
        var unused = renewal.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes as many effects as there are free workers.
     *
     * @return whether there may be more to do at once
     */
    boolean fill() {
        int slots = free.availablePermits(); // only this thread takes them, so there are not fewer afterwards
        if (slots == 0) {
            return false;
        }
        List<Due> taken = store.claim(known, slots, claimant, options.lease());
        for (Due due : taken) {
            free.acquireUninterruptibly();
            underWay.add(due.place());
            workers.execute(() -> run(due));
        }
        return taken.size() == slots;
    }

    private void run(Due due) {
        LogFields fields = LogFields.of(due.id()).upTo(due.place().position());
        try {
            carryOut(due);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Effect '{}' of view '{}' at position {} could not be marked; it is tried again when the lease of {} has run out, with the same key",
                    due.place().name(),
                    due.place().view(),
                    due.place().position(),
                    options.lease(),
                    e);
        } finally {
            fields.close();
            underWay.remove(due.place());
            free.release();
            wake.run();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever an effect throws, it has failed and nothing else
    private void carryOut(Due due) {
        List<Object> events = new ArrayList<>();
        try {
            call(due, events);
        } catch (Throwable failure) {
            failed(
                    due,
                    FailureText.of(failure, events),
                    SensitiveValues.of(events).without(failure));
            return;
        }
        if (!store.done(due, claimant)) {
            LOG.warn(
                    "Effect '{}' of view '{}' at position {} took longer than its lease and was taken over meanwhile, so its receiver may have seen the key twice. Give changeover.effects.lease more time",
                    due.place().name(),
                    due.place().view(),
                    due.place().position());
        }
    }

    private void call(Due due, List<Object> events) throws Throwable {
        EffectMethod effect = catalogue.find(due.id(), due.place().name()).orElseThrow();
        Call call = due.compensating() ? effect.compensation() : effect.act();
        if (call == null) {
            throw new IllegalStateException(
                    "effect '%s' of version '%s' has no @Compensation in this release; deploy one that has, or skip it"
                            .formatted(effect.name(), due.id()));
        }
        StoredEvent stored = stored(due);
        for (CurrentEvent event : reader.read(stored)) {
            if (effect.eventClass().isInstance(event.payload())) {
                events.add(event.payload());
            }
        }
        for (int i = 0; i < events.size(); i++) {
            // What was done last is made up for first.
            int place = due.compensating() ? events.size() - i : i + 1;
            call.invoke(
                    events.get(place - 1),
                    new EffectCall(
                            EffectCall.key(due.place().view(), effect.name(), due.eventId(), place, due.compensating()),
                            due.id(),
                            effect.name(),
                            stored.position(),
                            stored.eventId(),
                            stored.time(),
                            due.attempt()));
        }
    }

    private StoredEvent stored(Due due) {
        long position = due.place().position();
        stream.passed(position); // the fence has passed it, so it is settled
        return stream.read(position - 1, 1).events().stream()
                .filter(event -> event.position() == position && event.eventId().equals(due.eventId()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "event '%s' is not at position %d any more; compare the store with its backup"
                                .formatted(due.eventId(), position)));
    }

    private void failed(Due due, String text, Throwable failure) {
        String what = due.compensating() ? "Compensation of effect" : "Effect";
        Place place = due.place();
        if (due.attempt() < options.attempts()) {
            Duration pause = options.pauseAfter(due.attempt());
            LOG.warn(
                    "{} '{}' of '{}' at position {} has failed in attempt {} of {}; tried again in {}: {}",
                    what,
                    place.name(),
                    due.id(),
                    place.position(),
                    due.attempt(),
                    options.attempts(),
                    pause,
                    text);
            store.postpone(due, claimant, text, pause);
            return;
        }
        store.give(due, claimant, text, compensated(due))
                .ifPresent(undone -> LOG.error(
                        "{} '{}' of '{}' at position {} has failed for good after {} attempts, and later effects of the event and of its aggregate wait: {}.{} Mend the cause, then 'changeover effects retry {} {} {}', or skip it",
                        what,
                        place.name(),
                        due.id(),
                        place.position(),
                        due.attempt(),
                        text,
                        undone.isEmpty()
                                ? ""
                                : " Made up for is what the event did before: " + String.join(", ", undone) + ".",
                        place.view(),
                        place.position(),
                        place.name()));
        LOG.debug("The failure of effect '{}' at position {}", place.name(), place.position(), failure);
    }

    private List<String> compensated(Due due) {
        return catalogue.of(due.id()).stream()
                .filter(effect -> effect.compensation() != null)
                .map(EffectMethod::name)
                .toList();
    }

    /** Says once of each effect that no class of this release can carry out that it waits. */
    void sayWhatIsStranded() {
        for (Open open : store.open()) {
            if (catalogue.views().contains(open.version().view())
                    && catalogue.find(open.version(), open.name()).isEmpty()
                    && said.add(EffectStore.written(open.version(), open.name()))) {
                LOG.error("{}: {} of them wait", stranded(open.version().toString(), open.name()), open.count());
            }
        }
    }

    /** Why an effect that was given to a version cannot be carried out here. */
    static String stranded(String version, String name) {
        return "No class of this release carries out effect '%s' of version '%s', to which events were given; deploy a release that has it, or skip each"
                .formatted(name, version);
    }

    private void renew() {
        try {
            if (!underWay.isEmpty()) {
                store.renew(List.copyOf(underWay), claimant, options.lease());
            }
        } catch (RuntimeException e) {
            LOG.warn("The leases of effects under way could not be renewed; it is tried again", e);
        }
    }

    /** Waits for the calls that have begun; what takes longer is called again elsewhere when its lease runs out. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn(
                        "{} effects did not end within {} seconds; they are tried again elsewhere, with the same keys",
                        underWay.size(),
                        PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        renewal.shutdownNow();
    }
}
