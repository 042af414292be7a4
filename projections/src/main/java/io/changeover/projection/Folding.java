package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.projection.WorkingSet.Slot;
import io.changeover.upcast.CurrentEvent;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.UnreadableEventException;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds stored events into a working set. Live processing, backfill and the retry of dead letters all come through here,
 * so they cannot come to different rows.
 */
final class Folding {

    /** What one stored event does to one home. */
    private record Touch(RowKey key, Object payload) {}

    /** One stored event with the homes it touches, or the reason why it cannot be folded. */
    private record Prepared(StoredEvent event, Map<Object, List<Touch>> touches, @Nullable String failure) {}

    private final FoldedVersion version;
    private final EventReader reader;

    Folding(FoldedVersion version, EventReader reader) {
        this.version = version;
        this.reader = reader;
    }

    /** The homes that the event touches, as text; its aggregate where it cannot be read. */
    Set<String> homes(StoredEvent event) {
        Prepared prepared = prepare(event);
        if (prepared == null) {
            return Set.of();
        }
        if (prepared.failure() != null) {
            return Set.of(event.aggregateId());
        }
        Set<String> homes = new LinkedHashSet<>();
        prepared.touches().keySet().forEach(home -> homes.add(home.toString()));
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
        List<Prepared> prepared = new ArrayList<>(events.size());
        Set<Object> unknown = new LinkedHashSet<>();
        for (StoredEvent event : events) {
            Prepared each = prepare(event);
            if (each != null) {
                prepared.add(each);
                for (Object home : each.touches().keySet()) {
                    if (!set.knows(home)) {
                        unknown.add(home);
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            load.accept(set, unknown);
        }
        for (Prepared each : prepared) {
            if (each.failure() != null) {
                if (mine.test(each.event().aggregateId())) {
                    set.park(new Letter(each.event().aggregateId(), each.event(), each.failure()));
                }
                continue;
            }
            each.touches().forEach((home, touches) -> {
                if (mine.test(home.toString())) {
                    foldHome(each.event(), home, touches, set);
                }
            });
        }
    }

    private void foldHome(StoredEvent event, Object home, List<Touch> touches, WorkingSet set) {
        String waiting = set.waiting(home.toString());
        if (waiting != null) {
            set.park(new Letter(home.toString(), event, waiting));
            return;
        }
        // One stored event may stand for several events of today; a home takes all of them or none.
        Map<RowKey, Slot> before = touches.size() > 1 || isPartial(touches.get(0)) ? set.snapshot(home) : Map.of();
        EventInfo info = new EventInfo(event.position(), event.eventId(), event.aggregateId(), event.time());
        try {
            for (Touch touch : touches) {
                apply(touch, info, set);
            }
        } catch (FoldException e) {
            if (touches.size() > 1 || isPartial(touches.get(0))) {
                set.restore(home, before);
            }
            set.park(new Letter(home.toString(), event, String.valueOf(e.getMessage())));
        }
    }

    private void apply(Touch touch, EventInfo info, WorkingSet set) {
        if (isPartial(touch)) {
            for (Slot slot : set.slotsUnder(touch.key())) {
                slot.change(version.fold(slot.row(), touch.payload(), info), info.position(), info.eventId());
            }
        } else {
            Slot slot = set.slot(touch.key());
            slot.change(version.fold(slot.row(), touch.payload(), info), info.position(), info.eventId());
        }
    }

    private boolean isPartial(Touch touch) {
        return touch.key().size() < version.rows().keys().size();
    }

    private @Nullable Prepared prepare(StoredEvent event) {
        if (!reader.mayBecomeOneOf(event.name(), version.eventNames())) {
            return null;
        }
        try {
            Map<Object, List<Touch>> touches = new LinkedHashMap<>(2);
            for (CurrentEvent current : reader.read(event)) {
                if (version.handles(current.payload())) {
                    RowKey key = version.key(current.payload());
                    touches.computeIfAbsent(key.home(), home -> new ArrayList<>(1))
                            .add(new Touch(key, current.payload()));
                }
            }
            return touches.isEmpty() ? null : new Prepared(event, touches, null);
        } catch (UnreadableEventException | FoldException e) {
            return new Prepared(event, Map.of(), String.valueOf(e.getMessage()));
        }
    }
}
