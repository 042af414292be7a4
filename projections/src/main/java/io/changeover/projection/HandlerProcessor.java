package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.trace.LogFields;
import io.changeover.view.VersionId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Axon's pooled streaming processor for one handler version. It differs in what becomes of a batch that fails: where Axon
 * would give the segment up and come back to the same batch, this parks the events that are at fault and goes on.
 */
final class HandlerProcessor extends PooledStreamingEventProcessor {

    /** A batch that could not be applied, nor its events be parked. */
    private record Stuck(long position, String failure) {}

    private final HandlerWork work;
    private final Map<Segment, Stuck> stuck = new ConcurrentHashMap<>();
    private final LongAdder events = new LongAdder();

    HandlerProcessor(Builder builder, HandlerWork work) {
        super(builder);
        this.work = work;
    }

    @Override
    protected void processInUnitOfWork(
            List<? extends EventMessage<?>> messages,
            UnitOfWork<? extends EventMessage<?>> unitOfWork,
            Collection<Segment> segments)
            throws Exception {
        Segment segment = segments.iterator().next(); // a work package has exactly one
        List<StoredEvent> batch = messages.stream()
                .map(message -> (StoredEvent) message.getPayload())
                .toList();
        long last = batch.get(batch.size() - 1).position();
        LogFields fields = LogFields.of(VersionId.parse(getName())).upTo(last);
        try {
            applyOrPark(messages, unitOfWork, segments, batch, segment);
        } catch (Exception e) {
            stuck.put(segment, new Stuck(last, String.valueOf(e.getMessage())));
            throw e;
        } finally {
            fields.close();
        }
        stuck.remove(segment);
        batch.forEach(event -> events.add(segment.matches(event.aggregateId()) ? 1 : 0));
    }

    private void applyOrPark(
            List<? extends EventMessage<?>> messages,
            UnitOfWork<? extends EventMessage<?>> unitOfWork,
            Collection<Segment> segments,
            List<StoredEvent> batch,
            Segment segment)
            throws Exception {
        try {
            super.processInUnitOfWork(messages, unitOfWork, segments);
        } catch (Exception e) {
            if (PassingFailure.is(e) && !PassingFailure.isOfConnection(e)) {
                throw e;
            }
            work.applyInParts(batch, segment);
        }
    }

    /**
     * Why this node does not get on with the version, or empty when it does.
     *
     * @param positions how far the version is; a segment that another node has taken past its failure is not stuck
     */
    Optional<String> failure(SegmentPositions positions) {
        for (Map.Entry<Segment, Stuck> each : stuck.entrySet()) {
            Long position = positions.bySegment().get(each.getKey());
            if (position != null && position < each.getValue().position()) {
                return Optional.of(each.getValue().failure());
            }
        }
        return processingStatus().values().stream()
                .filter(status -> status.isErrorState())
                .map(status -> message(status.getError()))
                .findFirst()
                .or(() -> isError()
                        ? Optional.of("the event store or the tokens cannot be read; the log has the reason")
                        : Optional.empty());
    }

    private static String message(@Nullable Throwable error) {
        return error == null ? "the log has the reason" : String.valueOf(error.getMessage());
    }

    /** Events that this node has passed on or over since it started the version. */
    long events() {
        return events.sum();
    }
}
