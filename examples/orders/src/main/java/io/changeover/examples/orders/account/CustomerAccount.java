package io.changeover.examples.orders.account;

import java.util.List;
import java.util.Optional;

/** What readers ask of the accounts. Whichever version answers, the answer is the same. */
public interface CustomerAccount {

    /** The account, or empty when no such customer is known, perhaps not yet. */
    Optional<CustomerAccountEntry> byId(String customerId);

    /**
     * Those who owe most, the greatest balance first.
     *
     * @param limit how many at most, 1 or greater
     */
    List<CustomerAccountEntry> greatestBalances(int limit);
}
