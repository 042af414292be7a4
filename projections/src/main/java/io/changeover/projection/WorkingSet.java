package io.changeover.projection;

import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of some homes in memory, with what has changed since they were last written, and the letters to be parked. */
final class WorkingSet {

    /** A row in memory, and whether its table has it. */
    static final class Slot {

        private @Nullable Object row;
        private boolean stored;
        private boolean dirty;
        private long position;
        private String eventId = "";

        private Slot() {}

        @Nullable
        Object row() {
            return row;
        }

        void change(@Nullable Object next, long byPosition, String byEventId) {
            row = next;
            dirty = true;
            position = byPosition;
            eventId = byEventId;
        }

        private Slot copy() {
            Slot copy = new Slot();
            copy.row = row;
            copy.stored = stored;
            copy.dirty = dirty;
            copy.position = position;
            copy.eventId = eventId;
            return copy;
        }
    }

    /** What has to be written: rows that are new, rows that replace one, keys of rows that go. */
    record Changes(List<StoredRow> fresh, List<StoredRow> changed, List<RowKey> deleted) {

        boolean isEmpty() {
            return fresh.isEmpty() && changed.isEmpty() && deleted.isEmpty();
        }
    }

    private final FoldedVersion version;
    private final Map<Object, Map<RowKey, Slot>> homes = new HashMap<>();
    private final Map<String, String> parked = new HashMap<>();
    private final Map<String, String> unwritable;
    private final List<Letter> letters = new ArrayList<>();
    private int rows;

    /** @param unwritable homes whose rows the database has refused, each with the reason; their events are parked */
    WorkingSet(FoldedVersion version, Map<String, String> unwritable) {
        this.version = version;
        this.unwritable = Map.copyOf(unwritable);
    }

    boolean knows(Object home) {
        return homes.containsKey(home);
    }

    void learn(Collection<?> loadedHomes, List<StoredRow> loaded, Set<String> parkedHomes) {
        loadedHomes.forEach(home -> homes.put(home, new LinkedHashMap<>(2)));
        for (StoredRow stored : loaded) {
            RowKey key = version.rows().key(stored.row());
            Slot slot = slot(key);
            slot.row = stored.row();
            slot.stored = true;
            slot.position = stored.position();
            slot.eventId = stored.eventId();
        }
        parkedHomes.forEach(home -> parked.put(home, "waits behind an earlier event of the same home"));
    }

    /** Makes the rows of the homes unmade, to be folded from nothing; those that do not come back are deleted. */
    void forgetRows(Collection<?> knownHomes) {
        knownHomes.forEach(home -> homes.getOrDefault(home, Map.of()).values().forEach(slot -> {
            slot.row = null;
            slot.dirty = true;
        }));
    }

    /** Drops all other homes, written or not. */
    void keepOnly(Set<String> homeTexts) {
        homes.keySet().removeIf(home -> !homeTexts.contains(home.toString()));
        rows = homes.values().stream().mapToInt(Map::size).sum();
    }

    /** The slot of exactly this key, made if need be. */
    Slot slot(RowKey key) {
        Map<RowKey, Slot> home = homes.computeIfAbsent(key.home(), k -> new LinkedHashMap<>(2));
        Slot slot = home.get(key);
        if (slot == null) {
            slot = new Slot();
            home.put(key, slot);
            rows++;
        }
        return slot;
    }

    /** The slots of all rows of the home that begin with the key. */
    List<Slot> slotsUnder(RowKey prefix) {
        List<Slot> found = new ArrayList<>();
        homes.getOrDefault(prefix.home(), Map.of()).forEach((key, slot) -> {
            if (slot.row != null && key.parts().subList(0, prefix.size()).equals(prefix.parts())) {
                found.add(slot);
            }
        });
        return found;
    }

    /** A copy of a home as it is now, to return to when an event fails half-way. */
    Map<RowKey, Slot> snapshot(Object home) {
        Map<RowKey, Slot> copy = new LinkedHashMap<>();
        homes.getOrDefault(home, Map.of()).forEach((key, slot) -> copy.put(key, slot.copy()));
        return copy;
    }

    void restore(Object home, Map<RowKey, Slot> snapshot) {
        rows += snapshot.size() - homes.getOrDefault(home, Map.of()).size();
        homes.put(home, snapshot);
    }

    /** Why events of the home must wait, or null when they need not. */
    @Nullable
    String waiting(String home) {
        String refused = unwritable.get(home);
        return refused != null ? refused : parked.get(home);
    }

    void park(Letter letter) {
        letters.add(letter);
        parked.putIfAbsent(letter.home(), "waits behind an earlier event of the same home");
    }

    List<Letter> letters() {
        return letters;
    }

    /** Number of rows in memory. */
    int size() {
        return rows;
    }

    Changes changes() {
        Changes changes = new Changes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        homes.values()
                .forEach(home -> home.forEach((key, slot) -> {
                    if (slot.dirty) {
                        if (slot.row != null) {
                            (slot.stored ? changes.changed() : changes.fresh())
                                    .add(new StoredRow(slot.row, slot.position, slot.eventId));
                        } else if (slot.stored) {
                            changes.deleted().add(key);
                        }
                    }
                }));
        return changes;
    }

    /** Everything has been committed. */
    void written() {
        letters.clear();
        homes.values().forEach(home -> home.values().forEach(slot -> {
            slot.stored = slot.row != null;
            slot.dirty = false;
        }));
    }
}
