package io.changeover.repair;

import io.changeover.parity.Masks;
import io.changeover.parity.ParityCheck;
import io.changeover.projection.FoldedHome;
import io.changeover.projection.HomeLeftException;
import io.changeover.projection.HomeRebuild;
import io.changeover.projection.HomeText;
import io.changeover.projection.HopelessRebuildException;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowChange;
import io.changeover.projection.StoredRow;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.CompleteVersion;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.view.Column;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Repairs rows of a version that is complete, while it goes on living: folds the events of their homes from nothing and
 * puts the result in place of rows that differ, each home in a transaction of its own together with its entry in the audit
 * trail. Asked again after any interruption, it goes on with what is left. Safe for use by several threads.
 */
public final class Repairs {

    private static final int ENTRIES = 1_000;

    private final Versions versions;
    private final Projections projections;
    private final VersionStates states;
    private final ParityCheck parity;
    private final FoldFingerprints fingerprints;
    private final LongSupplier secret;
    private final RepairOptions options;
    private final RepairLog log;

    /**
     * Repairs of the given versions.
     *
     * @param secret what masks are made with, as {@link io.changeover.stream.StoreSecret} has it
     */
    public Repairs(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            ParityCheck parity,
            FoldFingerprints fingerprints,
            LongSupplier secret,
            RepairOptions options) {
        this.versions = versions;
        this.projections = projections;
        this.states = states;
        this.parity = parity;
        this.fingerprints = fingerprints;
        this.secret = secret;
        this.options = options;
        this.log = new RepairLog(store);
    }

    /** What has been repaired in the versions of the view, the latest first, at most 1,000 homes. */
    public List<RepairedHome> of(String view) {
        versions.requireView(view);
        return log.of(view, ENTRIES);
    }

    /**
     * Repairs what the target means. When the database fails on the way, the report says where it stopped.
     *
     * @param dryRun whether to say only what would change
     * @throws RebuildRefusedException when it cannot be done, or nothing would come of it because the difference is the
     *     folds' own; nothing has changed
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built by folds
     */
    public RepairReport run(VersionId id, RepairTarget target, boolean dryRun, RepairRequest request) {
        long started = System.nanoTime();
        FoldedVersion version = versions.folded(id);
        CompleteVersion.require(id, states);
        Map<String, String> keys = keys(version, target);
        Tally tally = new Tally(version, keys);
        fold(version, keys.keySet(), dryRun, request, tally);
        if (target instanceof RepairTarget.DifferingFrom differing && tally.stopped == null) {
            judge(id, differing.other(), tally);
            refuseWhereAllIsFoldsOwn(id, differing.other(), tally);
        }
        return tally.report(id, target, dryRun, request, Duration.ofNanos(System.nanoTime() - started));
    }

    /** The homes that are meant, each with the key of a row of it, or with itself where no row is known. */
    private Map<String, String> keys(FoldedVersion version, RepairTarget target) {
        Map<String, String> keys = new TreeMap<>();
        if (target instanceof RepairTarget.DifferingFrom differing) {
            try {
                parity.run(version.id(), differing.other(), row -> add(version, keys, row.home(), row.keyText()));
            } catch (IllegalArgumentException e) {
                throw new RebuildRefusedException("not-comparable", String.valueOf(e.getMessage()));
            }
        } else if (target instanceof RepairTarget.Homes listed) {
            Column column = version.rows().keys().get(0);
            for (String home : listed.homes()) {
                String known = HomeText.value(column, home)
                        .map(Object::toString)
                        .orElseThrow(() -> new RebuildRefusedException(
                                "invalid-home",
                                "Home '%s' must be a value of '%s', the first key of '%s', which is of type %s; correct it"
                                        .formatted(
                                                home,
                                                column.component(),
                                                version.id(),
                                                column.type().sql())));
                add(version, keys, known, known);
            }
        }
        return keys;
    }

    private void add(FoldedVersion version, Map<String, String> keys, String home, String key) {
        keys.putIfAbsent(home, key);
        if (keys.size() > options.maxHomes()) {
            throw new RebuildRefusedException(
                    "too-many-homes",
                    String.format(
                            Locale.ROOT,
                            "More than %,d homes of '%s' would be repaired one by one; rebuild it, or mend what makes so many wrong",
                            options.maxHomes(),
                            version.id()));
        }
    }

    private void fold(
            FoldedVersion version, Collection<String> homes, boolean dryRun, RepairRequest request, Tally tally) {
        if (homes.isEmpty()) {
            return;
        }
        HomeRebuild folding = projections.homeRebuild(version.id(), options.folding());
        try {
            if (dryRun) {
                folding.dryRun(homes, tally::count);
            } else {
                folding.runEach(homes, home -> record(version.id(), home, request, tally))
                        .untouched()
                        .forEach(tally.untouched::put);
            }
        } catch (DataAccessException | TransactionException | HopelessRebuildException e) {
            if (dryRun) {
                throw e instanceof HopelessRebuildException
                        ? new RebuildRefusedException("hopeless-rebuild", String.valueOf(e.getMessage()))
                        : e;
            }
            tally.stopped = cause(e);
        }
    }

    private static String cause(RuntimeException e) {
        return String.valueOf(
                e instanceof DataAccessException data
                        ? data.getMostSpecificCause().getMessage()
                        : e.getMessage());
    }

    /** Within the transaction that writes the home. */
    private void record(VersionId id, FoldedHome home, RepairRequest request, Tally tally) {
        String leave = reasonToLeave(home);
        if (leave != null && home.refused() == null) {
            throw new HomeLeftException(leave);
        }
        if (!home.changes().isEmpty()) {
            log.add(id, tally.repair(home), request);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tally.count(home);
            }
        });
    }

    /** A fold that fails now would take from the row what it has; it has to be mended first. */
    private static @Nullable String reasonToLeave(FoldedHome home) {
        if (home.refused() != null) {
            return home.refused();
        }
        return home.failing() > home.parked() && !home.changes().isEmpty()
                ? "an event of it fails when it is folded now, because " + home.failure()
                : null;
    }

    /** Why rows differ that are what their own folds make. */
    private void judge(VersionId id, VersionId other, Tally tally) {
        Set<String> open = new TreeSet<>(tally.same);
        if (open.isEmpty()) {
            return;
        }
        Set<String> wrongThere = new HashSet<>();
        if (versions.get(other) instanceof FoldedVersion) {
            projections.homeRebuild(other, options.folding()).dryRun(open, home -> {
                if (!home.changes().isEmpty()) {
                    wrongThere.add(home.home());
                }
            });
        }
        // A live write may have made rows equal since, or the other side be on its way.
        Map<String, String> differing = new TreeMap<>();
        parity.homes(id, other, open, row -> differing.put(row.home(), row.keyText()));
        differing.forEach((home, key) -> (wrongThere.contains(home) ? tally.othersOwn : tally.foldsOwn).put(home, key));
    }

    private static void refuseWhereAllIsFoldsOwn(VersionId id, VersionId other, Tally tally) {
        if (tally.foldsOwn.isEmpty() || tally.foldsOwn.size() < tally.looked) {
            return;
        }
        String key = tally.foldsOwn.values().iterator().next();
        throw new RebuildRefusedException(
                "folds-own",
                String.format(
                        Locale.ROOT,
                        "All %,d homes of '%s' that differ from '%s' are what its folds make of their events, so the difference is the folds' own and a repair would change nothing; see 'changeover explain %s %s --left %d --right %d', mend a fold, then rebuild",
                        tally.foldsOwn.size(),
                        id,
                        other,
                        id.view(),
                        key,
                        id.version(),
                        other.version()));
    }

    /** Counts homes and keeps samples. */
    private final class Tally {

        private final FoldedVersion version;
        private final Map<String, String> keys;
        private final Masks masks;
        private final List<HomeRepair> samples = new ArrayList<>();
        private final Set<String> same = new HashSet<>();
        private final Map<String, String> untouched = new TreeMap<>();
        private final Map<String, String> foldsOwn = new TreeMap<>();
        private final Map<String, String> othersOwn = new TreeMap<>();
        private long looked;
        private long repaired;
        private @Nullable String stopped;

        private Tally(FoldedVersion version, Map<String, String> keys) {
            this.version = version;
            this.keys = keys;
            this.masks =
                    new Masks(secret.getAsLong()).alsoFor(version.canonical().shape());
        }

        private void count(FoldedHome home) {
            looked++;
            String leave = reasonToLeave(home);
            if (leave != null) {
                untouched.put(home.home(), leave);
            } else if (home.changes().isEmpty()) {
                same.add(home.home());
            } else {
                repaired++;
                if (samples.size() < options.samples()) {
                    samples.add(repair(home));
                }
            }
        }

        private HomeRepair repair(FoldedHome home) {
            return new HomeRepair(home.home(), rows(home, RowChange::before), rows(home, RowChange::after));
        }

        private List<Map<String, @Nullable Object>> rows(
                FoldedHome home, Function<RowChange, @Nullable StoredRow> side) {
            return home.changes().stream()
                    .flatMap(change -> Stream.ofNullable(side.apply(change)))
                    .map(this::shown)
                    .toList();
        }

        private Map<String, @Nullable Object> shown(StoredRow row) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>(masks.shown(version.rows(), row.row()));
            shown.put("_position", row.position());
            shown.put("_event_id", row.eventId());
            return shown;
        }

        private RepairReport report(
                VersionId id, RepairTarget target, boolean dryRun, RepairRequest request, Duration duration) {
            long left = keys.size() - looked;
            return new RepairReport(
                    id.toString(),
                    target.toString(),
                    dryRun,
                    dryRun || repaired == 0 ? null : request.id().toString(),
                    looked,
                    repaired,
                    same.size(),
                    foldsOwn.size(),
                    some(foldsOwn.values()),
                    othersOwn.size(),
                    some(othersOwn.values()),
                    untouched,
                    samples,
                    stopped == null
                            ? null
                            : String.format(
                                    Locale.ROOT,
                                    "%s; what was repaired stays repaired, %,d homes are as they were: mend the cause and ask again",
                                    stopped,
                                    Math.max(0, left)),
                    note(target),
                    duration);
        }

        private @Nullable String note(RepairTarget target) {
            if (!othersOwn.isEmpty() && target instanceof RepairTarget.DifferingFrom differing) {
                return "rows of '%s' are not what their events make them; repair that version"
                        .formatted(differing.other());
            }
            if (keys.isEmpty()) {
                return "there is nothing to repair, as no row differs";
            }
            String stale = fingerprints.changes(version).stale();
            return stale == null
                    ? null
                    : "the version is stale, as %s since its rows were made, so rows may have changed for that; rebuild it"
                            .formatted(stale);
        }

        private List<String> some(Collection<String> all) {
            return all.stream().limit(options.samples()).toList();
        }
    }
}
