package io.changeover.projections.autoconfigure;

import io.changeover.stream.EventTable;
import io.changeover.trace.Attribute;
import io.changeover.trace.TraceParent;
import io.changeover.trace.Traces;
import io.changeover.trace.Work;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Gives the events of a unit of work that is part of a sampled trace the span of their append, which each carries in its
 * metadata to whoever handles it. Other appends are left alone.
 */
final class AppendTrace implements MessageDispatchInterceptor<EventMessage<?>>, DisposableBean {

    private static final String RESOURCE = "changeover.append.trace";

    /** The span of a unit of work, with the events that it has appended so far. */
    private record Append(Work work, List<String> events, TreeSet<String> types) {}

    private final Traces traces;
    private final JdbcOperations jdbc;
    private final String positions;
    private final Registration registration;

    AppendTrace(EventStore events, Traces traces, JdbcOperations jdbc, EventTable table) {
        this.traces = traces;
        this.jdbc = jdbc;
        this.positions = "select min(%1$s), max(%1$s) from %2$s where %3$s = any(?)"
                .formatted(
                        table.columns().position(),
                        table.events(),
                        table.columns().eventId());
        this.registration = events.registerDispatchInterceptor(this);
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> messages) {
        if (!traces.recording() || !CurrentUnitOfWork.isStarted()) {
            return (index, message) -> message;
        }
        UnitOfWork<?> root = CurrentUnitOfWork.get().root();
        Append append = root.getOrComputeResource(RESOURCE, key -> begin(root));
        for (EventMessage<?> message : messages) {
            append.events().add(message.getIdentifier());
            if (message instanceof DomainEventMessage<?> event && event.getType() != null) {
                append.types().add(event.getType());
            }
        }
        // Called once more for each list of events of the unit, and the last to be called knows all of them.
        CurrentUnitOfWork.get().onPrepareCommit(unit -> tag(append));
        TraceParent parent = append.work().parent();
        return parent == null
                ? (index, message) -> message
                : (index, message) -> message.andMetaData(Map.of(TraceParent.KEY, parent.header()));
    }

    private Append begin(UnitOfWork<?> root) {
        Append append = new Append(traces.begin("append"), new ArrayList<>(), new TreeSet<>());
        root.afterCommit(done -> append.work().end());
        root.onRollback(undone -> {
            append.work().failed(new IllegalStateException("rolled back"));
            append.work().end();
        });
        return append;
    }

    /** Runs after the events are inserted, in their transaction, and so sees which positions they were given. */
    private void tag(Append append) {
        append.work()
                .tag(Attribute.AGGREGATE_TYPE, String.join(",", append.types()))
                .tag(Attribute.EVENTS, append.events().size());
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(positions);
                    statement.setArray(
                            1, connection.createArrayOf("text", append.events().toArray()));
                    return statement;
                },
                (ResultSet found) -> {
                    append.work().tag(Attribute.FIRST_POSITION, found.getLong(1));
                    append.work().tag(Attribute.POSITION, found.getLong(2));
                });
    }

    @Override
    public void destroy() {
        registration.cancel();
    }
}
