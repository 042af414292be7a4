package io.changeover.operation;

import io.changeover.projection.Projections;
import io.changeover.projection.SegmentPositions;
import io.changeover.projection.VersionFigures;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.rebuild.FoldChanges;
import io.changeover.rebuild.FoldFingerprints;
import io.changeover.serving.Nodes;
import io.changeover.serving.Nodes.Acknowledged;
import io.changeover.view.FoldedVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where what is kept in the database is taken from: asked for one by one, or for all views at once. */
interface Standing {

    /** Where a version stands; empty where it was not begun. */
    Optional<VersionState> state(VersionId version);

    /** How far a version has come, how large it is and what waits. */
    VersionFigures figures(VersionId version);

    /** What changed in the folds since, or null. */
    @Nullable
    String stale(FoldedVersion version);

    /** Who routes by the latest decision about a view. */
    Acknowledged acknowledged(String view);

    /** Each question is a statement, or several; right for one view. */
    static Standing asked(Projections projections, VersionStates states, FoldFingerprints fingerprints, Nodes nodes) {
        return new Standing() {

            @Override
            public Optional<VersionState> state(VersionId version) {
                return states.find(version);
            }

            @Override
            public VersionFigures figures(VersionId version) {
                return new VersionFigures(
                        projections.positions(version),
                        projections.rows(version),
                        projections.deadLetterCount(version));
            }

            @Override
            public @Nullable String stale(FoldedVersion version) {
                return fingerprints.changes(version).stale();
            }

            @Override
            public Acknowledged acknowledged(String view) {
                return new Acknowledged(nodes.acknowledgedBy(view), nodes.awaited(view));
            }
        };
    }

    /**
     * All that there is to know, read by a few statements.
     *
     * @param open views whose changeover is open
     */
    static Standing read(
            Versions versions,
            Projections projections,
            VersionStates states,
            FoldFingerprints fingerprints,
            Nodes nodes,
            Collection<String> open) {
        Map<VersionId, VersionState> stages = states.all();
        Map<VersionId, VersionFigures> figures = projections.figures();
        Map<VersionId, FoldChanges> changes = fingerprints.changes(versions.folded());
        Map<String, Acknowledged> acknowledged = nodes.acknowledged(open);
        return new Standing() {

            @Override
            public Optional<VersionState> state(VersionId version) {
                return Optional.ofNullable(stages.get(version));
            }

            @Override
            public VersionFigures figures(VersionId version) {
                return figures.getOrDefault(version, new VersionFigures(new SegmentPositions(Map.of()), 0, 0));
            }

            @Override
            public @Nullable String stale(FoldedVersion version) {
                FoldChanges known = changes.get(version.id());
                return known == null ? null : known.stale();
            }

            @Override
            public Acknowledged acknowledged(String view) {
                return acknowledged.getOrDefault(view, new Acknowledged(List.of(), List.of()));
            }
        };
    }
}
