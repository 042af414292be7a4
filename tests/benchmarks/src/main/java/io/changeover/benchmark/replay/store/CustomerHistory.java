package io.changeover.benchmark.replay.store;

import java.util.List;

/**
 * Everything that happens to one customer, whose events have to stay in this order.
 *
 * @param events registration, orders and payments; the first two are the customer's own
 * @param contactChange happens once in a while from then on; has no sequence number of its own
 */
record CustomerHistory(List<TemplateEvent> events, TemplateEvent contactChange) {

    /** Registered, and given a credit limit. */
    static final int EVENTS_AT_START = 2;
}
