package io.changeover.changeover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/**
 * The changeovers of one view as their events say, apart from any store, so that a command can be tried by the very rules
 * and nothing that it decides is kept. One command is tried after the other, each on what those before have decided. For
 * use by one thread.
 */
public final class TriedChangeover {

    private final List<ChangeoverEvent> decided = new ArrayList<>();
    private final EventSourcedAggregate<Changeover> copy;

    /** @param history all events of the view's aggregate, at least the first; only read */
    public TriedChangeover(DomainEventStream history) {
        this.copy = EventSourcedAggregate.initialize(
                new Changeover(),
                AnnotatedAggregateMetaModelFactory.inspectAggregate(Changeover.class),
                new Decisions(),
                NoSnapshotTriggerDefinition.TRIGGER);
        copy.initializeState(history);
    }

    /**
     * The events that the command would record; none where it would change nothing.
     *
     * @param metaData what comes with the command, as {@link Changeover#COMMAND_ID} and {@link Changeover#PRINCIPAL}
     * @throws ChangeoverRefusedException the refusal that the command would meet
     */
    public List<ChangeoverEvent> handle(ChangeoverCommand command, Map<String, String> metaData) {
        CommandMessage<ChangeoverCommand> message = GenericCommandMessage.<ChangeoverCommand>asCommandMessage(command)
                .withMetaData(metaData);
        decided.clear();
        DefaultUnitOfWork<CommandMessage<ChangeoverCommand>> unit = DefaultUnitOfWork.startAndGet(message);
        try {
            copy.handle(message);
            return List.copyOf(decided);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A command failed in a way that no rule of a changeover foresees", e);
        } finally {
            unit.rollback();
        }
    }

    /** Takes the place of a store. */
    private final class Decisions implements EventBus {

        @Override
        public void publish(List<? extends EventMessage<?>> events) {
            events.forEach(event -> decided.add((ChangeoverEvent) event.getPayload()));
        }

        @Override
        public Registration subscribe(Consumer<List<? extends EventMessage<?>>> processor) {
            return () -> true;
        }

        @Override
        public Registration registerDispatchInterceptor(
                MessageDispatchInterceptor<? super EventMessage<?>> interceptor) {
            return () -> true;
        }
    }
}
