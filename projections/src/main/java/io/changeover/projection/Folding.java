package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.WorkingSet.Slot;
import io.changeover.projection.WorkingSet.Undo;
import io.changeover.sensitive.SensitiveValues;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.view.EventInfo;
import io.changeover.view.FoldException;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds stored events into a working set. Live processing, backfill and the retry of dead letters all come through here,
 * so they cannot come to different rows. Safe for use by several threads, each with a working set of its own.
 */
final class Folding {

    /** An event of today and the row or rows that it is folded into. */
    record Touch(RowKey key, Object payload) {}

    /**
     * What one stored event does to one home, or the reason why it cannot be told.
     *
     * @param home identifier of the home; that of the aggregate where the event cannot be read
     */
    record HomeWork(StoredEvent event, Object home, List<Touch> touches, @Nullable String failure) {}

    private final FoldedVersion version;
    private final EventReader reader;

    Folding(FoldedVersion version, EventReader reader) {
        this.version = version;
        this.reader = reader;
    }

    /** The homes that the event touches, as text; its aggregate where it cannot be read. */
    Set<String> homes(StoredEvent event) {
        Set<String> homes = new LinkedHashSet<>();
        prepare(event, work -> homes.add(work.home().toString()));
        return homes;
    }

    /**
     * Folds the events in order.
     *
     * @param mine which homes this caller is in charge of, as text
     * @param load called once with the homes that the set does not know yet; it must make the set know them
     */
    void fold(
            List<StoredEvent> events,
            WorkingSet set,
            Predicate<String> mine,
            BiConsumer<WorkingSet, Set<Object>> load) {
        List<HomeWork> works = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            prepare(event, work -> {
                if (mine.test(work.home().toString())) {
                    works.add(work);
                }
            });
        }
        Set<Object> unknown = unknown(works, set);
        if (!unknown.isEmpty()) {
            load.accept(set, unknown);
        }
        works.forEach(work -> fold(work, set));
    }

    /** The homes that have to be loaded before the work can be done. */
    static Set<Object> unknown(List<HomeWork> works, WorkingSet set) {
        Set<Object> unknown = new LinkedHashSet<>();
        for (HomeWork work : works) {
            if (work.failure() == null && !set.knows(work.home())) {
                unknown.add(work.home());
            }
        }
        return unknown;
    }

    /** Folds one event into one home of the set, which must know it; what fails is parked. */
    void fold(HomeWork work, WorkingSet set) {
        StoredEvent event = work.event();
        if (work.failure() != null) {
            set.park(new Letter(event.aggregateId(), event, work.failure()));
            return;
        }
        String waiting = set.waiting(work.home().toString());
        if (waiting != null) {
            set.park(new Letter(work.home().toString(), event, waiting));
            return;
        }
        // One stored event may stand for several events of today; a home takes all of them or none.
        List<Touch> touches = work.touches();
        Undo undo = touches.size() > 1 || isPartial(touches.get(0)) ? set.remember(work.home()) : null;
        EventInfo info = new EventInfo(event.position(), event.eventId(), event.aggregateId(), event.time());
        try {
            for (Touch touch : touches) {
                apply(touch, info, set);
            }
        } catch (FoldException e) {
            String cause = cause(e, work, set);
            if (undo != null) {
                set.restore(work.home(), undo);
            }
            set.park(new Letter(work.home().toString(), event, cause));
        }
    }

    /** What a fold throws may hold anything of the event and of the rows that it was given. */
    private static String cause(FoldException failure, HomeWork work, WorkingSet set) {
        List<@Nullable Object> given = new ArrayList<>();
        work.touches().forEach(touch -> given.add(touch.payload()));
        set.slotsOf(work.home()).forEach(slot -> given.add(slot.row()));
        return SensitiveValues.of(given).without(String.valueOf(failure.getMessage()));
    }

    private void apply(Touch touch, EventInfo info, WorkingSet set) {
        if (isPartial(touch)) {
            for (Slot slot : set.slotsUnder(touch.key())) {
                apply(touch, slot, info, set);
            }
        } else {
            apply(touch, set.slot(touch.key()), info, set);
        }
    }

    private void apply(Touch touch, Slot slot, EventInfo info, WorkingSet set) {
        set.change(slot, version.fold(slot.row(), touch.payload(), info), info.position(), info.eventId());
    }

    private boolean isPartial(Touch touch) {
        return touch.key().size() < version.rows().keys().size();
    }

    private void prepare(StoredEvent event, Consumer<HomeWork> works) {
        if (reader.mayBecomeOneOf(event.name(), version.eventNames())) {
            prepare(ReadEvent.of(event, reader), works);
        }
    }

    /** Tells what the event does to each home that it touches. */
    void prepare(ReadEvent event, Consumer<HomeWork> works) {
        StoredEvent stored = event.stored();
        if (event.failure() != null) {
            works.accept(new HomeWork(stored, stored.aggregateId(), List.of(), event.failure()));
            return;
        }
        try {
            List<CurrentEvent> today = event.today();
            if (today.size() == 1) {
                Object payload = today.get(0).payload();
                if (version.handles(payload)) {
                    RowKey key = version.key(payload);
                    works.accept(new HomeWork(stored, key.home(), List.of(new Touch(key, payload)), null));
                }
                return;
            }
            Map<Object, List<Touch>> byHome = new LinkedHashMap<>();
            for (CurrentEvent each : today) {
                if (version.handles(each.payload())) {
                    RowKey key = version.key(each.payload());
                    byHome.computeIfAbsent(key.home(), home -> new ArrayList<>(2))
                            .add(new Touch(key, each.payload()));
                }
            }
            byHome.forEach((home, touches) -> works.accept(new HomeWork(stored, home, touches, null)));
        } catch (FoldException e) {
            SensitiveValues values = SensitiveValues.of(
                    event.today().stream().map(CurrentEvent::payload).toList());
            works.accept(new HomeWork(
                    stored, stored.aggregateId(), List.of(), values.without(String.valueOf(e.getMessage()))));
        }
    }
}
