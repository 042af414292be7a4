package io.changeover.examples.orders.steelwheels;

import io.changeover.examples.orders.dispatch.HistoricCommand;

/**
 * A command and the row of the source that it stands for.
 *
 * @param command the command
 * @param table table of the source
 * @param key key of the row in the source
 * @param row the row, whole
 */
record PlannedCommand(HistoricCommand command, String table, String key, Object row) {

    RejectedRow refused(int copy, String reason) {
        return new RejectedRow(copy, table, key, reason, row);
    }
}
