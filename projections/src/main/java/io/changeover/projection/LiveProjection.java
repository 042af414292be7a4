package io.changeover.projection;

import io.changeover.event.StoredEvent;
import io.changeover.trace.LogFields;
import io.changeover.trace.Traces;
import io.changeover.trace.Work.Scope;
import io.changeover.view.FoldedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Folds a whole batch of Axon's pooled streaming processor at once, before the batch commits: rows, dead letters and the
 * processor's token are written in one transaction, so a batch counts exactly once or not at all.
 */
final class LiveProjection implements EventHandlerInvoker {

    private final String resourceKey;
    private final Folding folding;
    private final VersionStorage storage;
    private final FoldedVersion version;
    private final BatchTraces traces;

    LiveProjection(FoldedVersion version, Folding folding, VersionStorage storage, Traces traces) {
        this.version = version;
        this.folding = folding;
        this.storage = storage;
        this.traces = new BatchTraces(version.id(), traces);
        this.resourceKey = "changeover.batch." + version.id();
    }

    /** Takes every event, since the token then says exactly how far the version is, also over events it ignores. */
    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return true;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get();
        List<StoredEvent> batch = unitOfWork.root().getResource(resourceKey);
        if (batch == null) {
            List<StoredEvent> fresh = new ArrayList<>();
            unitOfWork.root().resources().put(resourceKey, fresh);
            unitOfWork.onPrepareCommit(unit -> process(fresh, segment, unit));
            batch = fresh;
        }
        batch.add((StoredEvent) message.getPayload());
    }

    private void process(List<StoredEvent> batch, Segment segment, UnitOfWork<?> unit) {
        long last = batch.get(batch.size() - 1).position();
        LogFields fields = LogFields.of(version.id()).upTo(last);
        Scope scope = traces.open(batch, event -> concerns(event, segment), unit.root());
        try {
            write(batch, segment);
        } finally {
            scope.close();
            fields.close();
        }
    }

    private boolean concerns(StoredEvent event, Segment segment) {
        return folding.homes(event).stream().anyMatch(segment::matches);
    }

    /** Writes the rows of the segment as the events make them, in the surrounding transaction. */
    void write(List<StoredEvent> batch, Segment segment) {
        Map<String, String> refused = new HashMap<>();
        while (true) {
            WorkingSet set = new WorkingSet(version, refused);
            folding.fold(batch, set, segment::matches, storage::load);
            Map<String, String> more = storage.write(set, false);
            if (more.isEmpty()) {
                return;
            }
            refused.putAll(more); // each round parks at least one more home, so this ends
        }
    }

    @Override
    public boolean supportsReset() {
        return false;
    }
}
