package io.changeover.rebuild;

import io.changeover.catalog.EventDomains;
import io.changeover.projection.FoldWatch;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.TokenPositions;
import io.changeover.rebuild.FoldChanges.Scope;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers by which code the rows of each version were made, and tells how the code of this process differs. What the
 * code asks of its surroundings is not seen, as long as it is asked through a library: folds are pure, or nothing is
 * proven. Safe for use by several threads.
 */
public final class FoldFingerprints implements FoldWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FoldFingerprints.class);

    /** A part as it is kept. */
    private record Kept(String fingerprint, boolean mixed) {}

    private static final String COLUMNS_CHANGED = "the columns of its rows changed";

    static final String FOLD = "fold ";
    static final String HOME = "home ";

    private final ProjectionStore store;
    private final EventDomains domains;
    private final EventSteps steps;
    private final EventReader reader;
    private final Map<VersionId, Optional<VersionCode>> codes = new ConcurrentHashMap<>();

    /** Fingerprints in the store's database. */
    public FoldFingerprints(ProjectionStore store, EventDomains domains, EventSteps steps, EventReader reader) {
        this.store = store;
        this.domains = domains;
        this.steps = steps;
        this.reader = reader;
    }

    /** Empty where the code cannot be read; that proves nothing, and must keep no view from living. */
    private Optional<VersionCode> code(FoldedVersion version) {
        return codes.computeIfAbsent(version.id(), id -> read(version));
    }

    private Optional<VersionCode> read(FoldedVersion version) {
        try {
            return Optional.of(VersionCode.of(version, domains, steps, reader));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The code of the folds of {} cannot be read; it is not known what changes in it", version.id(), e);
            return Optional.empty();
        }
    }

    private Map<String, String> parts(FoldedVersion version) {
        return code(version).map(VersionCode::parts).orElse(Map.of());
    }

    /**
     * For each stored revision, written as in {@link HomeReading}, the fields of the stored payload that are the homes of
     * the events, as far as that can be told.
     */
    Map<String, Set<String>> homeFields(FoldedVersion version, Set<String> events) {
        Map<String, Set<String>> fields = new TreeMap<>();
        code(version).map(VersionCode::events).orElse(new TreeMap<>()).forEach((name, event) -> {
            if (events.contains(name)) {
                event.homes().fields().entrySet().stream()
                        .filter(field -> !field.getValue().equals(HomeReading.UNTOLD))
                        .forEach(field -> fields.computeIfAbsent(field.getKey(), unseen -> new TreeSet<>())
                                .add(field.getValue()));
            }
        });
        return fields;
    }

    /**
     * Records the code where nothing was folded yet. Where other code has made rows before, it keeps in mind that from
     * now on rows are of both, also should the earlier code come back.
     */
    @Override
    public void aboutToFold(FoldedVersion version) {
        store.transactions().executeWithoutResult(transaction -> {
            boolean begun = new TokenPositions(store.table(), store.json())
                            .of(version.id(), store.jdbc())
                            .high()
                    > 0;
            if (!begun) {
                record(version);
                return;
            }
            Map<String, Kept> kept = kept(version.id());
            if (code(version).isEmpty()) {
                kept.forEach((part, before) -> put(version.id(), part, before.fingerprint(), true));
            } else if (!kept.isEmpty()) {
                mix(version, kept);
            }
        });
        String stale = changes(version).stale();
        if (stale != null) {
            LOG.warn(
                    "Version {} is stale: {}; 'changeover rebuild {} --changed' mends its rows",
                    version.id(),
                    stale,
                    version.id());
        }
    }

    private void mix(FoldedVersion version, Map<String, Kept> kept) {
        Map<String, String> now = parts(version);
        Set<String> all = new TreeSet<>(kept.keySet());
        all.addAll(now.keySet());
        for (String part : all) {
            Kept before = kept.get(part);
            String current = now.get(part);
            if (before == null) {
                // Its homes are those that this code finds, since no other has folded it.
                put(version.id(), part, Objects.requireNonNull(current), !part.startsWith(HOME));
            } else if (part.startsWith(HOME)) {
                if (current != null && !before.mixed()) {
                    mixHomes(version.id(), part, HomeReading.parse(before.fingerprint()), HomeReading.parse(current));
                }
            } else if (current == null || !current.equals(before.fingerprint())) {
                put(version.id(), part, before.fingerprint(), true);
            }
        }
    }

    private void mixHomes(VersionId version, String part, HomeReading before, HomeReading current) {
        boolean same = current.findsTheHomesOf(before);
        put(version, part, same ? before.and(current).written() : before.written(), !same);
    }

    /** Records that all rows of the version are those that the code of this process makes. */
    public void record(FoldedVersion version) {
        store.transactions().executeWithoutResult(transaction -> {
            store.jdbc()
                    .update(
                            "delete from changeover.fold_fingerprint where view = ? and version = ?",
                            version.id().view(),
                            version.id().version());
            parts(version).forEach((part, fingerprint) -> put(version.id(), part, fingerprint, false));
        });
    }

    private void put(VersionId version, String part, String fingerprint, boolean mixed) {
        store.jdbc()
                .update(
                        """
                        insert into changeover.fold_fingerprint (view, version, part, fingerprint, mixed, recorded_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (view, version, part) do update
                        set fingerprint = excluded.fingerprint, mixed = excluded.mixed, recorded_at = excluded.recorded_at
                        """,
                        version.view(),
                        version.version(),
                        part,
                        fingerprint,
                        mixed,
                        store.clock().instant().atOffset(ZoneOffset.UTC));
    }

    private Map<String, Kept> kept(VersionId version) {
        Map<String, Kept> kept = new TreeMap<>();
        store.jdbc()
                .query(
                        "select part, fingerprint, mixed from changeover.fold_fingerprint where view = ? and version = ?",
                        result -> {
                            kept.put(result.getString(1), new Kept(result.getString(2), result.getBoolean(3)));
                        },
                        version.view(),
                        version.version());
        return kept;
    }

    /** How the code of this process differs from that which made the version's rows. */
    public FoldChanges changes(FoldedVersion version) {
        return changes(version, kept(version.id()));
    }

    /** The same for many versions, by one statement. */
    public Map<VersionId, FoldChanges> changes(Collection<FoldedVersion> versions) {
        Map<VersionId, Map<String, Kept>> kept = new HashMap<>();
        store.jdbc()
                .query("select view, version, part, fingerprint, mixed from changeover.fold_fingerprint", result -> {
                    kept.computeIfAbsent(
                                    new VersionId(result.getString(1), result.getInt(2)), unseen -> new TreeMap<>())
                            .put(result.getString(3), new Kept(result.getString(4), result.getBoolean(5)));
                });
        Map<VersionId, FoldChanges> changes = new HashMap<>();
        versions.forEach(
                version -> changes.put(version.id(), changes(version, kept.getOrDefault(version.id(), Map.of()))));
        return changes;
    }

    private FoldChanges changes(FoldedVersion version, Map<String, Kept> kept) {
        VersionCode code = code(version).orElse(null);
        if (kept.isEmpty() || code == null) {
            return new FoldChanges(Scope.UNKNOWN, new TreeSet<>(), List.of());
        }
        List<String> reasons = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        SortedSet<String> events = new TreeSet<>();
        Kept rows = kept.get("rows");
        if (rows == null || rows.mixed() || !rows.fingerprint().equals(code.rows())) {
            reasons.add(COLUMNS_CHANGED);
        }
        for (String part : kept.keySet()) {
            String name = part.substring(part.indexOf(' ') + 1);
            if (part.startsWith(FOLD) && !code.events().containsKey(name)) {
                reasons.add("the fold of %s is gone".formatted(name));
            }
        }
        code.events().forEach((name, event) -> {
            Kept fold = kept.get(FOLD + name);
            Kept home = kept.get(HOME + name);
            if (!event.outside().isEmpty()) {
                unproven.add("what is done with %s asks %s, which is no part of its code"
                        .formatted(name, String.join(" and ", event.outside())));
            }
            if (fold == null || home == null) {
                events.add(name);
            } else {
                if (fold.mixed() || !fold.fingerprint().equals(event.fold())) {
                    events.add(name);
                }
                if (home.mixed() || !event.homes().findsTheHomesOf(HomeReading.parse(home.fingerprint()))) {
                    reasons.add("%s may touch other homes than before".formatted(name));
                }
            }
        });
        if (reasons.equals(List.of(COLUMNS_CHANGED)) && events.isEmpty() && unproven.isEmpty()) {
            return new FoldChanges(Scope.COLUMNS, events, reasons);
        }
        if (!reasons.isEmpty()) {
            return new FoldChanges(Scope.EVERYTHING, events, reasons);
        }
        if (!unproven.isEmpty()) {
            return new FoldChanges(Scope.UNPROVEN, events, unproven);
        }
        return new FoldChanges(events.isEmpty() ? Scope.NOTHING : Scope.SOME_EVENTS, events, List.of());
    }
}
