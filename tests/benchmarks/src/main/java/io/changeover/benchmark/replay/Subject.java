package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.contender.EngineNode;
import io.changeover.benchmark.replay.parity.ExpectedView;
import io.changeover.benchmark.replay.store.Database;

/**
 * A version that this engine builds, with what its rows must be.
 *
 * @param version such as {@code order-board@2}
 * @param expected its rows, independently
 */
record Subject(String version, ExpectedView expected) {

    static final Subject ORDER_BOARD = new Subject("order-board@2", ExpectedView.ORDER_BOARD);

    /** Every event of the example concerns it. */
    static final Subject CUSTOMER_ACCOUNT = new Subject("customer-account@2", ExpectedView.CUSTOMER_ACCOUNT);

    /** One row for each order line. */
    static final Subject SALES_FACT = new Subject("sales-fact@2", ExpectedView.SALES_FACT);

    /** Of a million events, 3,500 concern it. */
    static final Subject CONTACT_CHANGES = new Subject("contact-changes@1", ExpectedView.CONTACT_CHANGES);

    /** Compares what was built with what must be there. */
    void prove(Database store, Report report) {
        long rows = store.number("select count(*) from " + EngineNode.table(version));
        long differences = expected.differences(store, EngineNode.table(version), true);
        report.require(
                differences == 0,
                "%s: %,d rows, %,d of them other than the independent fold has them",
                version,
                rows,
                differences);
    }
}
