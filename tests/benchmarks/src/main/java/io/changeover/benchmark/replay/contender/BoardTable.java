package io.changeover.benchmark.replay.contender;

import java.util.List;

/** What every table of the board ends with. */
final class BoardTable {

    /** The columns with a secondary index, as {@code order-board@2} has them. */
    static final List<String> INDEXED = List.of("customer_id", "order_date", "status");

    private BoardTable() {}
}
