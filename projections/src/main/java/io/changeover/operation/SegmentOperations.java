package io.changeover.operation;

import io.changeover.view.VersionId;
import java.util.List;

/** The verbs about the segments of versions, among which nodes divide the work. */
public interface SegmentOperations {

    /**
     * The segments of all versions of the view that were begun, by version and number.
     *
     * @throws OperationRefusedException when there is no such view
     */
    List<SegmentStatus> segments(String view);

    /**
     * Splits a segment of a version that follows live events in two, so that two nodes, or two threads, can work on it. Other
     * nodes that have it leave it for that.
     *
     * @return the segments of the version afterwards
     * @throws OperationRefusedException when there is no such segment, the version is not live or built by a component, or a
     *     node does not leave it
     */
    List<SegmentStatus> split(VersionId version, int segment, Request request);

    /**
     * Merges a segment of a version that follows live events with the one that it was split from or that was split from it.
     *
     * @return the segments of the version afterwards
     * @throws OperationRefusedException as for {@link #split}, and when the other half is split further
     */
    List<SegmentStatus> merge(VersionId version, int segment, Request request);
}
