package io.changeover.operation;

import io.changeover.comparison.Comparison;
import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.Comparisons;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.ExportFormat;
import io.changeover.comparison.StoredDifference;
import io.changeover.projection.VersionState;
import io.changeover.projection.VersionStates;
import io.changeover.view.ForeignVersion;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.List;
import java.util.Map;
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
        if (request.dryRun() != null) {
            return wouldStart(left, right, request, request.dryRun());
        }
        return status(comparisons.start(left, right, request.actor(), request.reason()));
    }

    /** While one of the same versions runs, it would be that one, and nothing would begin. */
    private ComparisonStatus wouldStart(VersionId left, VersionId right, Request request, DryRun dryRun) {
        return comparisons.running(left, right).map(this::status).orElseGet(() -> {
            dryRun.would("begin comparison", Map.of("left", left.toString(), "right", right.toString()));
            return ComparisonStatus.notBegun(left, right, request);
        });
    }

    private void requireBuilt(VersionId id) {
        if (!(versions.get(id) instanceof ForeignVersion) && states.find(id).isEmpty()) {
            throw new OperationRefusedException(
                    "not-built",
                    "Version '%s' has not been built, and only built versions can be compared; declare a changeover to it and run its backfill first"
                            .formatted(id));
        }
        if (states.find(id)
                .filter(state -> state.stage() == VersionState.Stage.PURGED)
                .isPresent()) {
            throw new OperationRefusedException(
                    "purged",
                    "Version '%s' is purged, its rows lie under another name, and only rows that follow the store can be compared; restore it first"
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
        if (request.dryRun() != null && comparison.state() == State.RUNNING) {
            request.dryRun().would("cancel comparison", Map.of("id", id));
            return status(id);
        }
        String note = "Cancelled by %s%s"
                .formatted(request.actor(), request.reason().isEmpty() ? "" : ": " + request.reason());
        if (request.dryRun() != null || !comparisons.cancel(id, note)) {
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
