package io.changeover.examples.orders.sales;

import java.util.List;

/** What readers ask of the sales. */
public interface SalesFacts {

    /** All lines of an order by number; empty when there is no such order or it has none. */
    List<SalesFactEntry> ofOrder(String orderId);

    /**
     * Lines that sold a product, newest order first.
     *
     * @param limit how many at most, 1 or greater
     */
    List<SalesFactEntry> ofProduct(String productCode, int limit);
}
