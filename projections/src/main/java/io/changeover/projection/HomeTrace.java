package io.changeover.projection;

import io.changeover.projection.Folding.HomeWork;
import io.changeover.upcast.EventReader;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Folds the events of one home of a version from nothing, one at a time and in memory, so that somebody can watch. Comes
 * to the same rows as live processing, a backfill or a rebuild does. For use by one thread.
 */
public final class HomeTrace {

    /**
     * A row after an event that touched it.
     *
     * @param key key of the row
     * @param row the row with the event, or null where the event has removed it
     */
    public record TouchedRow(RowKey key, @Nullable StoredRow row) {}

    /**
     * What an event did to the home.
     *
     * @param rows rows that it touched; empty where it failed or waits
     * @param failure why it cannot be applied, as a dead letter would say, or null where it is
     */
    public record Traced(List<TouchedRow> rows, @Nullable String failure) {}

    private final FoldedVersion version;
    private final Folding folding;
    private final EventReader reader;
    private final RowComparison comparison;
    private final String home;
    private final @Nullable Object value;
    private final WorkingSet set;

    HomeTrace(FoldedVersion version, Folding folding, EventReader reader, ObjectMapper json, String home) {
        this.version = version;
        this.folding = folding;
        this.reader = reader;
        this.comparison = new RowComparison(version.rows(), json);
        this.home = home;
        Column column = version.rows().keys().get(0);
        this.value = HomeText.value(column, home).orElse(null);
        this.set = new WorkingSet(version, Map.of());
        if (value != null) {
            set.learn(List.of(value), List.of(), Set.of());
        }
    }

    /**
     * Folds the next event.
     *
     * @param event an event after all that were folded before
     * @return what it did, or empty where it does not concern the home
     */
    public Optional<Traced> fold(ReadEvent event) {
        if (!reader.mayBecomeOneOf(event.stored().name(), version.eventNames())) {
            return Optional.empty();
        }
        List<HomeWork> works = new ArrayList<>(1);
        folding.prepare(event, work -> {
            if (work.home().toString().equals(home)) {
                works.add(work);
            }
        });
        if (works.isEmpty()) {
            return Optional.empty();
        }
        int letters = set.letters().size();
        works.forEach(work -> folding.fold(work, set));
        if (set.letters().size() > letters) {
            String failure = set.letters().get(letters).cause();
            set.letters().clear(); // that the home waits, the set knows without them
            return Optional.of(new Traced(List.of(), failure));
        }
        return Optional.of(new Traced(touched(event.stored().position()), null));
    }

    private List<TouchedRow> touched(long position) {
        if (value == null) {
            return List.of();
        }
        return set.slotsOf(value).stream()
                .filter(slot -> slot.position() == position)
                .map(slot -> new TouchedRow(slot.key(), slot.row() == null ? null : slot.stored()))
                .toList();
    }

    /** The components in which a stored row differs from a folded one, and the columns of provenance that do. */
    public List<String> differing(StoredRow stored, StoredRow folded) {
        return comparison.differing(stored, folded);
    }
}
