package io.changeover.projection;

import io.changeover.stream.OrderedStream;
import io.changeover.stream.Page;
import io.changeover.view.VersionId;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * Splits and merges segments of a version, each in one transaction. Axon's own merge would leave a token that stands at two
 * positions at once, which no comparison could make sense of, so the half that is behind is brought to where the other is
 * first. This node must not process the version meanwhile; other nodes are kept away by the claims.
 */
public final class SegmentChange {

    /** More would have each node go through the stream more often than it gets work from it. */
    private static final int MOST = 64;

    private static final int PAGE = 1_000;

    /** What is made up for within the transaction of a merge. */
    private static final long MOST_BEHIND = 10_000;

    private final VersionId version;
    private final LiveProjection projection;
    private final OrderedStream stream;
    private final ProjectionStore store;

    SegmentChange(VersionId version, LiveProjection projection, OrderedStream stream, ProjectionStore store) {
        this.version = version;
        this.projection = projection;
        this.stream = stream;
        this.store = store;
    }

    /**
     * Makes sure that the segment can be split.
     *
     * @return number of the one that splits off
     * @throws SegmentRefusedException when there is no such segment, or there are too many already
     */
    public int requireSplit(int segment) {
        int[] ids = ids();
        Segment whole = require(segment, ids);
        if (ids.length >= MOST) {
            throw new SegmentRefusedException(
                    "too-many-segments",
                    "Version '%s' has %d segments, and %d are the most; merge some first"
                            .formatted(version, ids.length, MOST));
        }
        return whole.splitSegmentId();
    }

    /**
     * Makes sure that the segment can be merged.
     *
     * @return number of the other half
     * @throws SegmentRefusedException when there is no such segment, or its other half is not one segment
     */
    public int requireMerge(int segment) {
        int[] ids = ids();
        Segment half = require(segment, ids);
        if (ids.length == 1) {
            throw new SegmentRefusedException(
                    "one-segment",
                    "Segment %d is the only one of version '%s', so there is nothing to merge it with; leave it"
                            .formatted(segment, version));
        }
        int other = half.mergeableSegmentId();
        if (!half.isMergeableWith(require(other, ids))) {
            throw new SegmentRefusedException(
                    "half-is-split",
                    "Segment %d of version '%s' would be merged with segment %d, which is split further; merge that first"
                            .formatted(segment, version, other));
        }
        return other;
    }

    private Segment require(int segment, int[] ids) {
        if (Arrays.stream(ids).noneMatch(id -> id == segment)) {
            throw new SegmentRefusedException(
                    "unknown-segment",
                    "Version '%s' has no segment %d; it has %s"
                            .formatted(
                                    version,
                                    segment,
                                    Arrays.stream(ids)
                                            .sorted()
                                            .mapToObj(Integer::toString)
                                            .collect(Collectors.joining(", "))));
        }
        return Segment.computeSegment(segment, ids);
    }

    private int[] ids() {
        return store.tokens().fetchSegments(version.toString());
    }

    /**
     * Splits the segment in two.
     *
     * @throws UnableToClaimTokenException when another node has it; a retry helps once that has left it
     */
    public void split(int segment) {
        store.transactions().executeWithoutResult(transaction -> {
            TokenStore tokens = store.tokens();
            String name = version.toString();
            int other = requireSplit(segment);
            TrackingToken token = tokens.fetchToken(name, Segment.computeSegment(segment, ids()));
            tokens.initializeSegment(token, name, other);
            tokens.releaseClaim(name, segment);
        });
    }

    /**
     * Merges the segment with its other half.
     *
     * @throws UnableToClaimTokenException when another node has one of them; a retry helps once that has left it
     */
    public void merge(int segment) {
        store.transactions().executeWithoutResult(transaction -> {
            TokenStore tokens = store.tokens();
            String name = version.toString();
            int other = requireMerge(segment);
            Segment one = Segment.computeSegment(segment, ids());
            Segment two = Segment.computeSegment(other, ids());
            long first = position(tokens.fetchToken(name, one));
            long second = position(tokens.fetchToken(name, two));
            long high = Math.max(first, second);
            catchUp(first < second ? one : two, Math.min(first, second), high);
            int left = one.mergedWith(two).getSegmentId();
            tokens.deleteToken(name, left == segment ? other : segment);
            tokens.storeToken(new GlobalSequenceTrackingToken(high), name, left);
            tokens.releaseClaim(name, left);
        });
    }

    private static long position(TrackingToken token) {
        return Objects.requireNonNull(token).position().orElse(0);
    }

    private void catchUp(Segment behind, long from, long to) {
        if (to - from > MOST_BEHIND) {
            throw new SegmentRefusedException(
                    "segment-behind",
                    "Segment %d of version '%s' is %d positions behind its other half, and %d are the most that a merge makes up for; wait until it has caught up"
                            .formatted(behind.getSegmentId(), version, to - from, MOST_BEHIND));
        }
        long position = from;
        while (position < to) {
            Page page = stream.read(position, (int) Math.min(PAGE, to - position));
            var events = page.events().stream()
                    .filter(event -> event.position() <= to)
                    .toList();
            if (!events.isEmpty()) {
                projection.write(events, behind);
            }
            if (page.position() == position) {
                throw new SegmentRefusedException(
                        "stream-waits",
                        "The stream cannot be read beyond position %d now, so segment %d of version '%s' cannot be brought up to %d; try again in a moment"
                                .formatted(position, behind.getSegmentId(), version, to));
            }
            position = page.position();
        }
    }
}
