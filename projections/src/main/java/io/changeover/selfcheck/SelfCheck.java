package io.changeover.selfcheck;

import io.changeover.parity.Masks;
import io.changeover.projection.FoldedHome;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomeRebuild;
import io.changeover.projection.HomeRebuildOptions;
import io.changeover.projection.HopelessRebuildException;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowChange;
import io.changeover.projection.StoredRow;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.CompleteVersion;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.rebuild.RebuildRefusedException;
import io.changeover.selfcheck.SelfCheckReport.Sample;
import io.changeover.selfcheck.SelfCheckReport.SqlForm;
import io.changeover.selfcheck.SelfCheckReport.Verdict;
import io.changeover.stream.StoreInventory;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds homes of a live version once more in memory and holds the result against their stored rows, at one instant and to
 * the last column of provenance. Writes nothing and holds nobody up. Safe for use by several threads.
 */
public final class SelfCheck {

    private static final HomeRebuildOptions FOLDING = new HomeRebuildOptions(CheckedHomes.GROUP, 5_000, 100_000, 0);

    private final Versions versions;
    private final Projections projections;
    private final ProjectionStore store;
    private final VersionStates states;
    private final EventReader reader;
    private final HistoryPages history;
    private final StoreInventory inventory;
    private final FoldFingerprints fingerprints;
    private final LongSupplier secret;

    /**
     * Self-checks of the given versions.
     *
     * @param secret what masks are made with, as {@link io.changeover.stream.StoreSecret} has it
     */
    public SelfCheck(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            EventReader reader,
            HistoryPages history,
            StoreInventory inventory,
            FoldFingerprints fingerprints,
            LongSupplier secret) {
        this.versions = versions;
        this.projections = projections;
        this.store = store;
        this.states = states;
        this.reader = reader;
        this.history = history;
        this.inventory = inventory;
        this.fingerprints = fingerprints;
        this.secret = secret;
    }

    /**
     * Checks a version.
     *
     * @throws RebuildRefusedException when the version is not complete, or too many events fail when they are folded
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built by folds
     */
    public SelfCheckReport run(VersionId id, SelfCheckOptions options) {
        long started = System.nanoTime();
        FoldedVersion version = versions.folded(id);
        CompleteVersion.require(id, states);
        Tally tally = new Tally(version, options, projections.waitingHomes(id));
        HomeRebuild folding = projections.homeRebuild(id, FOLDING);
        SqlFormCheck sql = version.canonical()
                .sql()
                .map(form -> new SqlFormCheck(version, form, store, tally.masks, options.samples()))
                .orElse(null);
        CheckedHomes homes = new CheckedHomes(projections, store, reader, history, inventory, version);
        try {
            if (options.all()) {
                homes.all(group -> check(folding, group, tally, sql));
            } else {
                check(folding, homes.drawn(options.homes(), options.seed()), tally, sql);
            }
        } catch (HopelessRebuildException e) {
            throw new RebuildRefusedException("hopeless-rebuild", String.valueOf(e.getMessage()));
        }
        String stale = fingerprints.changes(version).stale();
        SqlForm form = sql == null ? null : sql.report();
        Verdict verdict = tally.verdict(form);
        return new SelfCheckReport(
                id.toString(),
                verdict,
                tally.reason(verdict, form),
                tally.homes,
                tally.parked,
                tally.events,
                tally.same,
                tally.changed,
                tally.missing,
                tally.superfluous,
                List.copyOf(tally.samples),
                form,
                options.all() ? null : options.seed(),
                stale == null
                        ? null
                        : "the version is stale, as %s since its rows were made; rebuild it, then check it again"
                                .formatted(stale),
                Duration.ofNanos(System.nanoTime() - started));
    }

    private static void check(HomeRebuild folding, Set<String> homes, Tally tally, @Nullable SqlFormCheck sql) {
        if (homes.isEmpty()) {
            return;
        }
        tally.events += folding.dryRun(homes, tally::count).events();
        if (sql != null) {
            sql.check(homes);
        }
    }

    /** Sums and samples. */
    private final class Tally {

        private final FoldedVersion version;
        private final int most;
        private final Set<String> waiting;
        private final Masks masks;
        private final List<Sample> samples = new ArrayList<>();
        private long homes;
        private long parked;
        private long events;
        private long same;
        private long changed;
        private long missing;
        private long superfluous;

        private Tally(FoldedVersion version, SelfCheckOptions options, Set<String> waiting) {
            this.version = version;
            this.most = options.samples();
            this.waiting = waiting;
            this.masks =
                    new Masks(secret.getAsLong()).alsoFor(version.canonical().shape());
        }

        private void count(FoldedHome home) {
            homes++;
            if (home.parked() > 0 || waiting.contains(home.home())) {
                parked++;
                return;
            }
            same += home.same();
            for (RowChange change : home.changes()) {
                String kind = kind(change);
                if (samples.size() < most) {
                    samples.add(new Sample(
                            String.join("/", change.key()),
                            kind,
                            change.fields(),
                            shown(change.before()),
                            shown(change.after())));
                }
            }
        }

        private String kind(RowChange change) {
            if (change.before() == null) {
                missing++;
                return "missing";
            }
            if (change.after() == null) {
                superfluous++;
                return "superfluous";
            }
            changed++;
            return "changed";
        }

        private @Nullable Map<String, @Nullable Object> shown(@Nullable StoredRow row) {
            return row == null ? null : masks.shown(version.rows(), row.row());
        }

        private long differing() {
            return changed + missing + superfluous;
        }

        private Verdict verdict(@Nullable SqlForm form) {
            if (differing() > 0 || (form != null && form.disagreeing() > 0)) {
                return Verdict.DIFFERENT;
            }
            return parked > 0 || homes == 0 ? Verdict.NOT_COMPARABLE : Verdict.SAME;
        }

        private String reason(Verdict verdict, @Nullable SqlForm form) {
            return switch (verdict) {
                case SAME -> words("All %,d rows of %,d homes are what their events make them", same, homes);
                case NOT_COMPARABLE ->
                    homes == 0
                            ? "There is no home to check, so nothing is proven"
                            : words(
                                    "Nothing differs, but dead letters wait for %,d of %,d homes, and those prove nothing",
                                    parked, homes);
                case DIFFERENT ->
                    differing() > 0
                            ? words(
                                    "%,d of %,d rows are not what their events make them: something other than the fold has written them, or it does not fold the same twice",
                                    differing(), same + differing())
                            : words(
                                    "The rows are what their events make them, but in %,d of %,d the canonical form in SQL is another than in Java: correct @CanonicalSql, or leave it out",
                                    form == null ? 0 : form.disagreeing(), form == null ? 0 : form.rows());
            };
        }
    }

    private static String words(String sentence, Object... numbers) {
        return String.format(Locale.ROOT, sentence, numbers);
    }
}
