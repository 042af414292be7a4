package io.changeover.projection;

import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The rows of some homes in memory, with what has changed since they were last written, and the letters to be parked. */
final class WorkingSet {

    /** A row in memory, and whether its table has it. */
    static final class Slot {

        private final RowKey key;
        private @Nullable Object row;
        private boolean stored;
        private boolean dirty;
        private boolean listed;
        private long position;
        private String eventId = "";

        private Slot(RowKey key) {
            this.key = key;
        }

        RowKey key() {
            return key;
        }

        @Nullable
        Object row() {
            return row;
        }

        /** Position of the event that changed the row last, or removed it; 0 where none has. */
        long position() {
            return position;
        }

        StoredRow stored() {
            return new StoredRow(Objects.requireNonNull(row), position, eventId);
        }
    }

    /** The rows of one home: nearly always one, so the map is only made for more. */
    private static final class Home {

        private @Nullable Slot only;
        private @Nullable Map<RowKey, Slot> several;
        private int touched;

        @Nullable
        Slot find(RowKey key) {
            if (several != null) {
                return several.get(key);
            }
            return only != null && only.key.equals(key) ? only : null;
        }

        void add(Slot slot) {
            if (several != null) {
                several.put(slot.key, slot);
            } else if (only == null) {
                only = slot;
            } else {
                several = new LinkedHashMap<>(4);
                several.put(only.key, only);
                several.put(slot.key, slot);
                only = null;
            }
        }

        void clear() {
            only = null;
            several = null;
        }

        Collection<Slot> slots() {
            if (several != null) {
                return several.values();
            }
            return only == null ? List.of() : List.of(only);
        }

        int size() {
            return several != null ? several.size() : only == null ? 0 : 1;
        }

        boolean isClean() {
            return several != null
                    ? several.values().stream().noneMatch(slot -> slot.dirty)
                    : only == null || !only.dirty;
        }
    }

    /** A home as it was, to return to when an event fails half-way. */
    static final class Undo {

        private record Saved(Slot slot, @Nullable Object row, boolean dirty, long position, String eventId) {}

        private final List<Saved> saved = new ArrayList<>();

        private Undo(@Nullable Home home) {
            if (home != null) {
                home.slots()
                        .forEach(slot -> saved.add(new Saved(slot, slot.row, slot.dirty, slot.position, slot.eventId)));
            }
        }
    }

    /** What has to be written: rows that are new, rows that replace one, keys of rows that go. */
    record Changes(List<StoredRow> fresh, List<StoredRow> changed, List<RowKey> deleted) {

        static Changes none() {
            return new Changes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        boolean isEmpty() {
            return fresh.isEmpty() && changed.isEmpty() && deleted.isEmpty();
        }
    }

    private final FoldedVersion version;
    private final Map<Object, Home> homes = new HashMap<>();
    private final Map<String, String> parked = new HashMap<>();
    private final Map<String, String> unwritable;
    private final List<Letter> letters = new ArrayList<>();
    private final List<Slot> dirty = new ArrayList<>();
    private final RowSizes sizes;
    private int rows;
    private int generation;

    /** @param unwritable homes whose rows the database has refused, each with the reason; their events are parked */
    WorkingSet(FoldedVersion version, Map<String, String> unwritable) {
        this.version = version;
        this.unwritable = Map.copyOf(unwritable);
        this.sizes = new RowSizes(version.rows());
    }

    boolean knows(Object home) {
        return homes.containsKey(home);
    }

    void learn(Collection<?> loadedHomes, List<StoredRow> loaded, Set<String> parkedHomes) {
        for (Object home : loadedHomes) {
            Home before = homes.put(home, new Home());
            rows -= before == null ? 0 : before.size();
        }
        for (StoredRow stored : loaded) {
            Slot slot = slot(version.rows().key(stored.row()));
            slot.row = stored.row();
            slot.stored = true;
            slot.position = stored.position();
            slot.eventId = stored.eventId();
            sizes.sample(stored.row());
        }
        parkedHomes.forEach(home -> parked.put(home, "waits behind an earlier event of the same home"));
    }

    /** Makes the rows of the homes unmade, to be folded from nothing; those that do not come back are deleted. */
    void forgetRows(Collection<?> knownHomes) {
        for (Object id : knownHomes) {
            Home home = homes.get(id);
            if (home != null) {
                home.slots().forEach(slot -> {
                    slot.row = null;
                    markDirty(slot);
                });
            }
        }
    }

    /** Drops all other homes, written or not. */
    void keepOnly(Predicate<String> homeTexts) {
        homes.keySet().removeIf(home -> !homeTexts.test(home.toString()));
        dirty.removeIf(slot -> !homeTexts.test(slot.key.homeText()));
        rows = homes.values().stream().mapToInt(Home::size).sum();
    }

    /** The slot of exactly this key, made if need be. */
    Slot slot(RowKey key) {
        Home home = homes.get(key.home());
        if (home == null) {
            home = new Home();
            homes.put(key.home(), home);
        }
        home.touched = generation;
        Slot slot = home.find(key);
        if (slot == null) {
            slot = new Slot(key);
            home.add(slot);
            rows++;
        }
        return slot;
    }

    /** The slots of all rows of the home that begin with the key. */
    List<Slot> slotsUnder(RowKey prefix) {
        Home home = homes.get(prefix.home());
        if (home == null) {
            return List.of();
        }
        home.touched = generation;
        List<Slot> found = new ArrayList<>(home.size());
        for (Slot slot : home.slots()) {
            if (slot.row != null && (prefix.size() == 1 || slot.key.startsWith(prefix))) {
                found.add(slot);
            }
        }
        return found;
    }

    /** All slots of the home, also those whose row is gone. */
    Collection<Slot> slotsOf(Object home) {
        Home known = homes.get(home);
        return known == null ? List.of() : known.slots();
    }

    /** The rows of the home as they are now. */
    List<StoredRow> rowsOf(Object home) {
        return slotsOf(home).stream()
                .filter(slot -> slot.row != null)
                .map(Slot::stored)
                .toList();
    }

    /** The row has become another one, or null for none. */
    void change(Slot slot, @Nullable Object next, long position, String eventId) {
        slot.row = next;
        slot.position = position;
        slot.eventId = eventId;
        markDirty(slot);
        if (next != null) {
            sizes.sample(next);
        }
    }

    private void markDirty(Slot slot) {
        slot.dirty = true;
        if (!slot.listed) {
            slot.listed = true;
            dirty.add(slot);
        }
    }

    /** Remembers a home as it is now. */
    Undo remember(Object home) {
        return new Undo(homes.get(home));
    }

    /** Makes the home as it was. */
    void restore(Object id, Undo undo) {
        Home now = homes.get(id);
        if (now == null) {
            return;
        }
        // The list of changes passes over rows that the failed event has made.
        now.slots().forEach(slot -> slot.dirty = false);
        rows += undo.saved.size() - now.size();
        now.clear();
        for (Undo.Saved saved : undo.saved) {
            now.add(saved.slot());
            saved.slot().row = saved.row();
            saved.slot().dirty = saved.dirty();
            saved.slot().position = saved.position();
            saved.slot().eventId = saved.eventId();
        }
    }

    /** Why events of the home must wait, or null when they need not. */
    @Nullable
    String waiting(String home) {
        if (unwritable.isEmpty() && parked.isEmpty()) {
            return null;
        }
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

    /** Estimate of the memory that all of it takes, in bytes. */
    long bytes() {
        return rows * sizes.bytesPerRow() + letters.size() * 1_024L;
    }

    Changes changes() {
        Changes changes = Changes.none();
        addChanges(changes);
        return changes;
    }

    void addChanges(Changes changes) {
        for (Slot slot : dirty) {
            if (slot.dirty) {
                if (slot.row != null) {
                    (slot.stored ? changes.changed() : changes.fresh())
                            .add(new StoredRow(slot.row, slot.position, slot.eventId));
                } else if (slot.stored) {
                    changes.deleted().add(slot.key);
                }
            }
        }
    }

    /** Everything is taken for written. */
    void written() {
        letters.clear();
        for (Slot slot : dirty) {
            slot.stored = slot.dirty ? slot.row != null : slot.stored;
            slot.dirty = false;
            slot.listed = false;
        }
        dirty.clear();
        generation++;
    }

    /**
     * Frees memory by dropping homes that have no unwritten change: first those that nothing has touched lately.
     *
     * @param goal estimate of bytes to come down to
     * @return whether any was dropped
     */
    boolean evict(long goal) {
        int before = rows;
        for (int age = generation - 2; age <= generation && bytes() > goal; age++) {
            Iterator<Home> each = homes.values().iterator();
            while (each.hasNext() && bytes() > goal) {
                Home home = each.next();
                if (home.touched <= age && home.isClean()) {
                    each.remove();
                    rows -= home.size();
                }
            }
        }
        return rows < before;
    }
}
