package io.changeover.operation;

import io.changeover.comparison.Comparison.State;
import io.changeover.comparison.DifferenceExport;
import io.changeover.comparison.DifferenceGroups;
import io.changeover.comparison.ExportFormat;
import io.changeover.comparison.StoredDifference;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of comparisons that are kept. Each refuses with {@link OperationRefusedException} when a rule does not hold,
 * {@code unknown-comparison} where there is no such comparison; a refusal changes nothing.
 */
public interface ComparisonOperations {

    /**
     * Begins a comparison and returns at once. While one of the same two versions runs, on whatever node, it is that one.
     *
     * @throws io.changeover.view.UnknownVersionException when a version is not declared
     */
    ComparisonStatus start(VersionId left, VersionId right, Request request);

    /** Where a comparison stands. */
    ComparisonStatus status(UUID id);

    /**
     * The comparisons of a view without their reports, the latest first.
     *
     * @param state only those in this state; null for all
     * @param limit at most so many
     * @throws io.changeover.view.UnknownVersionException when the view is not declared
     */
    List<ComparisonStatus> list(String view, @Nullable State state, int limit);

    /** Stops a comparison for good, on whatever node it runs; what it has found stays. */
    ComparisonStatus cancel(UUID id, Request request);

    /**
     * Differences that were found so far, in that order.
     *
     * @param after number of the last one that is known already, 0 for none
     * @param limit at most so many
     */
    List<StoredDifference> differences(UUID id, long after, int limit);

    /** What the differences that were found so far have in common. */
    DifferenceGroups groups(UUID id);

    /** All differences of a comparison that is done. */
    DifferenceExport export(UUID id, ExportFormat format);
}
