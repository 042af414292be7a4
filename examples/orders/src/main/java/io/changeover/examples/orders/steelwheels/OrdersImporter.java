package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.dispatch.CommandBatches;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import io.changeover.examples.orders.dispatch.Refusal;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.ObjectMapper;

/**
 * Imports the data in batches of commands. Progress commits with the events of its batch, so an import that was
 * interrupted at any moment goes on where it was, adding nothing twice and losing nothing. Raising the number of copies
 * later adds the missing ones. Several nodes may import at once; they take turns.
 */
public final class OrdersImporter {

    private final CommandBatches batches;
    private final ImportLedger ledger;
    private final OrderFactLoader facts;
    private final ImportOptions options;
    private final ImportListener listener;

    /** An importer that sends through the given batches and keeps its ledger in the given database. */
    public OrdersImporter(
            CommandBatches batches,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            ObjectMapper json,
            ImportOptions options,
            ImportListener listener) {
        this.batches = batches;
        this.ledger = new ImportLedger(JdbcClient.create(jdbc), json);
        this.facts = new OrderFactLoader(jdbc, transactions);
        this.options = options;
        this.listener = listener;
    }

    /**
     * Imports what is missing, then loads the reporting table.
     *
     * @throws ImportChangedException when an import was begun with other data or rules
     */
    public ImportSummary run() {
        SteelWheels data = SteelWheels.read();
        Run run = new Run(data);
        ledger.begin(run.plan.fingerprint());
        long before = ledger.nextIndex();
        while (batches.send(run::next, run::done) > 0) {
            listener.progressed(run.nextIndex, run.total);
        }
        int factRows = facts.load(data.facts(), options.copies());
        return ledger.summary(Math.max(0, ledger.nextIndex() - before), factRows);
    }

    /** One run: the plan of the copy at hand and the slice of it that is in its transaction. */
    private final class Run {

        private final SteelWheels data;
        private final long total;
        private ImportPlan plan;
        private int copy;
        private long nextIndex;
        private List<PlannedCommand> slice = List.of();

        Run(SteelWheels data) {
            this.data = data;
            this.plan = ImportPlan.of(data, 0);
            this.total = (long) plan.commands().size() * options.copies();
        }

        List<HistoricCommand> next() {
            nextIndex = ledger.lockNextIndex();
            if (nextIndex >= total) {
                slice = List.of();
                return List.of();
            }
            int size = plan.commands().size();
            int copyNow = (int) (nextIndex / size);
            int from = (int) (nextIndex % size);
            if (copyNow != copy) {
                copy = copyNow;
                plan = ImportPlan.of(data, copy);
            }
            slice = plan.commands().subList(from, Math.min(size, from + options.batchSize()));
            return slice.stream().map(PlannedCommand::command).toList();
        }

        void done(List<Refusal> refusals) {
            if (slice.isEmpty()) {
                return;
            }
            if (nextIndex % plan.commands().size() == 0) {
                plan.rejected().forEach(ledger::reject);
            }
            refusals.forEach(refusal -> ledger.reject(slice.get(refusal.index()).refused(copy, refusal.reason())));
            nextIndex += slice.size();
            ledger.advance(nextIndex);
        }
    }
}
