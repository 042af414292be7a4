package io.changeover.rebuild;

import io.changeover.parity.ParityCheck;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomeRebuild;
import io.changeover.projection.HomeRebuildResult;
import io.changeover.projection.HopelessRebuildException;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.upcast.AggregateHistory;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.Set;

/** Rebuilds parts of versions that are complete, while they go on living. Safe for use by several threads. */
public final class Rebuilds {

    private final Versions versions;
    private final Projections projections;
    private final VersionStates states;
    private final FoldFingerprints fingerprints;
    private final TargetHomes homes;
    private final RebuildOptions options;

    /** Rebuilds of the node's versions. */
    public Rebuilds(
            Versions versions,
            Projections projections,
            ProjectionStore store,
            VersionStates states,
            ParityCheck parity,
            EventReader reader,
            HistoryPages history,
            AggregateHistory aggregates,
            FoldFingerprints fingerprints,
            RebuildOptions options) {
        this.versions = versions;
        this.projections = projections;
        this.states = states;
        this.fingerprints = fingerprints;
        this.homes = new TargetHomes(projections, store, parity, reader, history, aggregates, options.maxHomes());
        this.options = options;
    }

    /**
     * Rebuilds what the target means.
     *
     * @param dryRun whether to say only what would change
     * @throws RebuildRefusedException when it cannot be done; nothing has changed, except that groups of homes may have
     *     been rebuilt before one in which too many events fail
     * @throws io.changeover.view.UnknownVersionException when the version is not declared or not built here
     */
    public RebuildReport run(VersionId id, RebuildTarget target, boolean dryRun) {
        FoldedVersion version = versions.folded(id);
        CompleteVersion.require(id, states);
        try {
            return run(version, target, dryRun);
        } catch (HopelessRebuildException e) {
            throw new RebuildRefusedException("hopeless-rebuild", String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a change of the version's folds concerns. Looks at the events whose folds have changed, and folds none.
     *
     * @throws RebuildRefusedException when more homes are concerned than can be named
     */
    public RebuildImpact impact(FoldedVersion version) {
        FoldChanges changes = fingerprints.changes(version);
        long all = homes.count(version);
        long concerned =
                switch (changes.scope()) {
                    case NOTHING, COLUMNS -> 0;
                    case SOME_EVENTS ->
                        homes.touchedNowOrBefore(
                                        version, changes.events(), fingerprints.homeFields(version, changes.events()))
                                .size();
                    case UNKNOWN, EVERYTHING, UNPROVEN -> all;
                };
        return new RebuildImpact(changes, concerned, all);
    }

    private RebuildReport run(FoldedVersion version, RebuildTarget target, boolean dryRun) {
        if (target instanceof RebuildTarget.Changed) {
            return changed(version, dryRun);
        }
        if (target instanceof RebuildTarget.All) {
            return whole(version, target.toString(), dryRun);
        }
        return new RebuildReport(target.toString(), rebuild(version, homes(version, target), dryRun), null);
    }

    private Set<String> homes(FoldedVersion version, RebuildTarget target) {
        if (target instanceof RebuildTarget.Homes list) {
            return homes.listed(version, list.homes());
        }
        if (target instanceof RebuildTarget.Where where) {
            return homes.where(version, where.conditions());
        }
        if (target instanceof RebuildTarget.DifferingFrom other) {
            return homes.differing(version, other);
        }
        if (target instanceof RebuildTarget.Aggregate aggregate) {
            return homes.of(version, aggregate);
        }
        if (target instanceof RebuildTarget.Positions stretch) {
            return homes.touched(version, stretch.from(), stretch.to(), version.eventNames());
        }
        return homes.all(version);
    }

    private RebuildReport changed(FoldedVersion version, boolean dryRun) {
        FoldChanges changes = fingerprints.changes(version);
        return switch (changes.scope()) {
            case UNKNOWN ->
                throw new RebuildRefusedException(
                        "unknown-folds",
                        "It is not known by which folds the rows of '%s' were made, so nothing can be proven about what changed; rebuild everything, which records them"
                                .formatted(version.id()));
            case NOTHING -> new RebuildReport("changed folds: none", rebuild(version, Set.of(), dryRun), null);
            case SOME_EVENTS -> {
                Set<String> touched = homes.touchedNowOrBefore(
                        version, changes.events(), fingerprints.homeFields(version, changes.events()));
                yield recorded(
                        version,
                        "homes that %s touched".formatted(String.join(", ", changes.events())),
                        rebuild(version, touched, dryRun),
                        dryRun);
            }
            case COLUMNS, EVERYTHING, UNPROVEN ->
                whole(version, "everything, because " + String.join("; ", changes.reasons()), dryRun);
        };
    }

    private RebuildReport whole(FoldedVersion version, String meaning, boolean dryRun) {
        return recorded(version, meaning, rebuild(version, homes.all(version), dryRun), dryRun);
    }

    private RebuildReport recorded(FoldedVersion version, String meaning, HomeRebuildResult result, boolean dryRun) {
        if (dryRun) {
            return new RebuildReport(meaning, result, null);
        }
        if (!result.untouched().isEmpty()) {
            return new RebuildReport(
                    meaning,
                    result,
                    "the version stays marked as it was, because %d homes could not be rebuilt"
                            .formatted(result.untouched().size()));
        }
        fingerprints.record(version);
        return new RebuildReport(meaning, result, null);
    }

    private HomeRebuildResult rebuild(FoldedVersion version, Set<String> names, boolean dryRun) {
        HomeRebuild rebuild = projections.homeRebuild(version.id(), options.homes());
        return dryRun ? rebuild.dryRun(names) : rebuild.run(names);
    }
}
