package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.OrdersStore;
import io.changeover.examples.orders.dispatch.HistoricCommand;
import java.util.ArrayList;
import java.util.List;

/** Sends the plan of the first copy to a store. */
public final class SteelWheelsHistory {

    private SteelWheelsHistory() {}

    /** Sends all commands and returns the reasons of refusals. */
    public static List<String> importInto(OrdersStore store, int batchSize) {
        List<String> refusals = new ArrayList<>();
        List<HistoricCommand> commands = ImportPlan.of(SteelWheels.read(), 0).commands().stream()
                .map(PlannedCommand::command)
                .toList();
        for (int from = 0; from < commands.size(); from += batchSize) {
            List<HistoricCommand> slice = commands.subList(from, Math.min(commands.size(), from + batchSize));
            store.batches().send(() -> slice, refused -> refused.forEach(each -> refusals.add(each.reason())));
        }
        return refusals;
    }
}
