package io.changeover.examples.orders.dispatch;

import io.changeover.examples.orders.model.CommandRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends several commands in one transaction and one root unit of work: their events are appended together, and an
 * aggregate that several of them touch is loaded once. Needs a command bus that handles in the sender's thread, which is
 * Axon's default.
 */
public final class CommandBatches {

    private final CommandGateway commands;
    private final TransactionOperations transactions;

    /** Sends through the given gateway in transactions of the given kind. */
    public CommandBatches(CommandGateway commands, TransactionOperations transactions) {
        this.commands = commands;
        this.transactions = transactions;
    }

    /**
     * Sends all or none.
     *
     * @param payloads commands in order
     * @throws CommandRefusedException when an aggregate refuses one; then nothing is stored
     */
    public void sendTogether(List<?> payloads) {
        transactions.executeWithoutResult(status -> inUnitOfWork(() -> payloads.forEach(commands::sendAndWait)));
    }

    /**
     * Sends the next commands and lets the caller note what became of them in the same transaction. A refusal rolls a
     * transaction back, Axon and Spring agree on that, so the batch is begun again without the refused command: both
     * arguments may be called more than once, and only their last calls count.
     *
     * @param next gives the commands, within the transaction and under its locks
     * @param done notes progress and refusals, within the transaction; the refused commands are among those of
     *     {@code next}
     * @return how many commands {@code next} gave, refused ones included
     */
    public int send(Supplier<List<HistoricCommand>> next, Consumer<List<Refusal>> done) {
        Map<Integer, Refusal> refused = new HashMap<>();
        while (true) {
            try {
                Integer count = transactions.execute(status -> attempt(next.get(), refused, done));
                return count == null ? 0 : count;
            } catch (RefusedCommand e) {
                refused.put(e.refusal.index(), e.refusal);
            }
        }
    }

    private int attempt(List<HistoricCommand> batch, Map<Integer, Refusal> refused, Consumer<List<Refusal>> done) {
        List<Refusal> refusals = new ArrayList<>();
        inUnitOfWork(() -> {
            for (int index = 0; index < batch.size(); index++) {
                HistoricCommand command = batch.get(index);
                Refusal refusal = refused.get(index);
                // Another node may have sent the batch meanwhile, and this is the next one.
                if (refusal != null && refusal.command().equals(command)) {
                    refusals.add(refusal);
                } else {
                    send(index, command);
                }
            }
            done.accept(refusals);
        });
        return batch.size();
    }

    private void send(int index, HistoricCommand command) {
        try {
            commands.sendAndWait(command.message());
        } catch (CommandRefusedException | AggregateNotFoundException e) {
            throw new RefusedCommand(new Refusal(index, command, String.valueOf(e.getMessage())), e);
        }
    }

    private static void inUnitOfWork(Runnable work) {
        UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(null);
        try {
            work.run();
            root.commit();
        } catch (RuntimeException | Error e) {
            if (root.isActive()) {
                root.rollback(e);
            }
            throw e;
        }
    }

    /** Leaves the transaction, so that it is rolled back. */
    private static final class RefusedCommand extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        RefusedCommand(Refusal refusal, Throwable cause) {
            super(refusal.reason(), cause);
            this.refusal = refusal;
        }
    }
}
