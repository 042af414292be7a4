package io.changeover.operation;

import io.changeover.comparison.Comparison;
import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.Comparisons;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.ExportFormat;
import io.changeover.comparison.StoredDifference;
import io.changeover.projection.VersionStates;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Comparisons as this node sees and begins them. Safe for use by several threads. */
public final class LiveComparisonOperations implements ComparisonOperations {

    private final Versions versions;
    private final VersionStates states;
    private final Comparisons comparisons;

    /** The verbs over the node's comparisons. */
    public LiveComparisonOperations(Versions versions, VersionStates states, Comparisons comparisons) {
        this.versions = versions;
        this.states = states;
        this.comparisons = comparisons;
    }

    @Override
    public ComparisonStatus start(VersionId left, VersionId right, Request request) {
        requireBuilt(left);
        requireBuilt(right);
        if (!left.view().equals(right.view()) || left.equals(right)) {
            throw new OperationRefusedException(
                    "not-two-versions",
                    "'%s' and '%s' cannot be compared: a comparison needs two versions of one view; name two such"
                            .formatted(left, right));
        }
        return status(comparisons.start(left, right, request.actor(), request.reason()));
    }

    private void requireBuilt(VersionId id) {
        if (!(versions.get(id) instanceof ForeignVersion) && states.find(id).isEmpty()) {
            throw new OperationRefusedException(
                    "not-built",
                    "Version '%s' has not been built, and only built versions can be compared; declare a changeover to it and run its backfill first"
                            .formatted(id));
        }
    }

    @Override
    public ComparisonStatus status(UUID id) {
        return ComparisonStatus.of(require(id), true);
    }

    @Override
    public List<ComparisonStatus> list(String view, @Nullable State state, int limit) {
        versions.requireView(view);
        return comparisons.list(view, state, limit).stream()
                .map(comparison -> ComparisonStatus.of(comparison, false))
                .toList();
    }

    @Override
    public ComparisonStatus cancel(UUID id, Request request) {
        Comparison comparison = require(id);
        String note = "Cancelled by %s%s"
                .formatted(request.actor(), request.reason().isEmpty() ? "" : ": " + request.reason());
        if (!comparisons.cancel(id, note)) {
            throw new OperationRefusedException(
                    "comparison-over",
                    "Comparison '%s' of %s and %s is over, and only one that runs can be cancelled; look at its status"
                            .formatted(id, comparison.left(), comparison.right()));
        }
        return status(id);
    }

    @Override
    public List<StoredDifference> differences(UUID id, long after, int limit) {
        require(id);
        return comparisons.differences(id, after, limit);
    }

    @Override
    public DifferenceGroups groups(UUID id) {
        require(id);
        return comparisons.groups(id);
    }

    @Override
    public DifferenceExport export(UUID id, ExportFormat format) {
        Comparison comparison = require(id);
        if (comparison.state() == State.RUNNING) {
            throw new OperationRefusedException(
                    "comparison-running",
                    "Comparison '%s' of %s and %s still runs, and an export has all differences; wait for its end, or look at its groups meanwhile"
                            .formatted(id, comparison.left(), comparison.right()));
        }
        if (comparison.state() != State.DONE) {
            throw new OperationRefusedException(
                    "comparison-unfinished",
                    "Comparison '%s' of %s and %s %s before all rows were compared, and an export has all differences; compare again"
                            .formatted(
                                    id,
                                    comparison.left(),
                                    comparison.right(),
                                    comparison.state() == State.CANCELLED ? "was cancelled" : "failed"));
        }
        return comparisons.export(comparison, format);
    }

    private Comparison require(UUID id) {
        return comparisons
                .find(id)
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-comparison",
                        "There is no comparison '%s', or it is no longer kept; take an identifier from the list of a view"
                                .formatted(id)));
    }
}
