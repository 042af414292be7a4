package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.trace.Attribute;
import io.changeover.trace.TraceParent;
import io.changeover.trace.Traces;
import io.changeover.trace.Work;
import io.changeover.trace.Work.Scope;
import io.changeover.view.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Spans of what a version writes for the events of a batch, each in the trace in which its event was appended: from the
 * fold until the batch is committed. Events whose trace is not sampled have none.
 */
final class BatchTraces {

    /** Spans of one batch; more would say the same again. */
    static final int SPANS = 32;

    /** Traces that the last of them names besides its own, as many as a span can by OpenTelemetry's default. */
    static final int LINKS = 128;

    /** An event with the span that appended it. */
    private record Sampled(StoredEvent event, TraceParent parent) {}

    private final VersionId version;
    private final Traces traces;

    BatchTraces(VersionId version, Traces traces) {
        this.version = version;
        this.traces = traces;
    }

    /**
     * Opens the spans; they end with the unit of work.
     *
     * @param concerns whether the version takes the event; asked of sampled ones only
     * @return while it is open, what is logged belongs to the one span, where there is just one; to be closed
     */
    Scope open(List<StoredEvent> batch, Predicate<StoredEvent> concerns, UnitOfWork<?> unit) {
        if (traces == Traces.NONE) {
            return Work.NONE.current();
        }
        List<Sampled> sampled = new ArrayList<>(0);
        for (StoredEvent event : batch) {
            TraceParent parent = TraceParent.in(event.metadata());
            if (parent != null && sampled.size() < SPANS + LINKS && concerns.test(event)) {
                sampled.add(new Sampled(event, parent));
            }
        }
        if (sampled.isEmpty()) {
            return Work.NONE.current();
        }
        int spans = Math.min(SPANS, sampled.size());
        List<Work> works = new ArrayList<>(spans);
        for (int i = 0; i < spans; i++) {
            List<TraceParent> rest = i < spans - 1
                    ? List.of()
                    : sampled.subList(spans, sampled.size()).stream()
                            .map(Sampled::parent)
                            .toList();
            works.add(begin(sampled.get(i), rest));
        }
        unit.afterCommit(done -> works.forEach(Work::end));
        unit.onRollback(undone -> works.forEach(work -> {
            Throwable failure = undone.getExecutionResult() == null
                    ? null
                    : undone.getExecutionResult().getExceptionResult();
            work.failed(failure == null ? new IllegalStateException() : failure);
            work.end();
        }));
        return (spans == 1 ? works.get(0) : Work.NONE).current();
    }

    private Work begin(Sampled sampled, List<TraceParent> rest) {
        StoredEvent event = sampled.event();
        Work work = traces.begin("write " + version, sampled.parent(), rest)
                .tag(Attribute.VIEW, version.view())
                .tag(Attribute.VERSION, version.version())
                .tag(Attribute.EVENT, event.name())
                .tag(Attribute.POSITION, event.position());
        return event.revision() == null ? work : work.tag(Attribute.REVISION, event.revision());
    }
}
