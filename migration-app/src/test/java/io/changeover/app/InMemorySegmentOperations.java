package io.changeover.app;

import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import io.changeover.operation.SegmentOperations;
import io.changeover.operation.SegmentStatus;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;

/** One version of one segment, which can be split once and merged again. */
public final class InMemorySegmentOperations implements SegmentOperations {

    /** Every change in order, as {@code verb version segment actor reason}. */
    public final List<String> requests = new ArrayList<>();

    private boolean split;

    /** Forgets what was asked. */
    public void reset() {
        requests.clear();
        split = false;
    }

    @Override
    public List<SegmentStatus> segments(String view) {
        if (!view.equals("order-board")) {
            throw new OperationRefusedException("unknown-view", "There is no view '%s'".formatted(view));
        }
        return split
                ? List.of(
                        new SegmentStatus("order-board@2", 0, 0.5, 1_201, 0, "node-1"),
                        new SegmentStatus("order-board@2", 1, 0.5, 1_190, 11, null))
                : List.of(new SegmentStatus("order-board@2", 0, 1, 1_201, 0, "node-1"));
    }

    @Override
    public List<SegmentStatus> split(VersionId version, int segment, Request request) {
        requests.add("split %s %d %s %s".formatted(version, segment, request.actor(), request.reason()));
        split = true;
        return segments(version.view());
    }

    @Override
    public List<SegmentStatus> merge(VersionId version, int segment, Request request) {
        requests.add("merge %s %d %s %s".formatted(version, segment, request.actor(), request.reason()));
        if (!split) {
            throw new OperationRefusedException(
                    "one-segment", "Segment 0 is the only one of version 'order-board@2'; leave it");
        }
        split = false;
        return segments(version.view());
    }
}
