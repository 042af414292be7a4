package io.changeover.operation;

import io.changeover.projection.Projections;
import io.changeover.projection.SegmentChange;
import io.changeover.projection.SegmentRefusedException;
import io.changeover.projection.SegmentWishes;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segments as the token store has them. Safe for use by several threads. */
public final class LiveSegmentOperations implements SegmentOperations {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSegmentOperations.class);

    /** Within it a node that is up leaves a segment, and the claim of one that has died lapses. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Versions versions;
    private final Projections projections;
    private final VersionStates states;
    private final OrderedStream stream;
    private final SegmentWishes wishes;

    /** The verbs on the node that has these parts. */
    public LiveSegmentOperations(
            Versions versions,
            Projections projections,
            VersionStates states,
            OrderedStream stream,
            SegmentWishes wishes) {
        this.versions = versions;
        this.projections = projections;
        this.states = states;
        this.stream = stream;
        this.wishes = wishes;
    }

    @Override
    public List<SegmentStatus> segments(String view) {
        versions.requireView(view);
        long head = stream.head();
        List<SegmentStatus> segments = new ArrayList<>();
        versions.of(view).stream()
                .map(version -> version.id())
                .forEach(version -> segments.addAll(segments(version, head)));
        return segments;
    }

    private List<SegmentStatus> segments(VersionId version, long head) {
        return projections.claims(version).stream()
                .map(claim -> new SegmentStatus(
                        version.toString(),
                        claim.segment().getSegmentId(),
                        1.0 / (claim.segment().getMask() + 1),
                        claim.position(),
                        Math.max(0, head - claim.position()),
                        claim.owner()))
                .toList();
    }

    @Override
    public List<SegmentStatus> split(VersionId version, int segment, Request request) {
        SegmentChange change = requireLive(version);
        int other = require(() -> change.requireSplit(segment));
        if (request.dryRun() != null) {
            request.dryRun().would("split segment", Map.of("version", version, "segment", segment, "into", other));
            return segments(version, stream.head());
        }
        carryOut(version, List.of(segment), change::split);
        LOG.info("Segment {} of {} was split by {}: segment {} is new", segment, version, request.actor(), other);
        return segments(version, stream.head());
    }

    @Override
    public List<SegmentStatus> merge(VersionId version, int segment, Request request) {
        SegmentChange change = requireLive(version);
        int other = require(() -> change.requireMerge(segment));
        if (request.dryRun() != null) {
            request.dryRun().would("merge segments", Map.of("version", version, "segment", segment, "with", other));
            return segments(version, stream.head());
        }
        carryOut(version, List.of(segment, other), change::merge);
        LOG.info("Segments {} and {} of {} were merged by {}", segment, other, version, request.actor());
        return segments(version, stream.head());
    }

    private SegmentChange requireLive(VersionId version) {
        versions.built(version);
        if (projections.isHandled(version)) {
            throw new OperationRefusedException(
                    "handler-version",
                    "Version '%s' is built by a component, whose processor is Axon's own; split and merge its segments as Axon has it"
                            .formatted(version));
        }
        Stage stage = states.find(version).map(state -> state.stage()).orElse(null);
        if (stage == null || !stage.isBuilt()) {
            throw new OperationRefusedException(
                    "not-live",
                    "Version '%s' is %s, and only segments of one that follows live events are split and merged; wait until it is built, or have new versions begin with more by changeover.live.segments"
                            .formatted(
                                    version,
                                    stage == null ? "not begun" : stage.name().toLowerCase(Locale.ROOT)));
        }
        return projections.segmentChange(version);
    }

    private static <T> T require(Supplier<T> rule) {
        try {
            return rule.get();
        } catch (SegmentRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        }
    }

    private void carryOut(VersionId version, List<Integer> segments, IntConsumer change) {
        try {
            boolean unused = projections.withoutLive(version, () -> {
                long until = System.nanoTime() + PATIENCE.toNanos();
                while (true) {
                    try {
                        change.accept(segments.get(0));
                        return true;
                    } catch (UnableToClaimTokenException e) {
                        requireTime(version, segments, until);
                        segments.forEach(segment -> wishes.ask(version, segment));
                        LockSupport.parkNanos(PAUSE.toNanos()); // nothing tells when another node has left it
                    }
                }
            });
        } catch (SegmentRefusedException e) {
            throw new OperationRefusedException(e.rule(), String.valueOf(e.getMessage()));
        } finally {
            wishes.withdraw(version);
        }
    }

    private void requireTime(VersionId version, List<Integer> segments, long until) {
        if (System.nanoTime() > until) {
            String node = projections.claims(version).stream()
                    .filter(claim -> segments.contains(claim.segment().getSegmentId()) && claim.owner() != null)
                    .map(claim -> String.valueOf(claim.owner()))
                    .findFirst()
                    .orElse("unknown");
            throw new OperationRefusedException(
                    "segment-elsewhere",
                    "Node '%s' has not left what is to be changed of version '%s' within %d s; ask that node, or end it if it hangs"
                            .formatted(node, version, PATIENCE.toSeconds()));
        }
    }
}
