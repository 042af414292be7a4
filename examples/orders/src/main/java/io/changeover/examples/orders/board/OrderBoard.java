package io.changeover.examples.orders.board;

import io.changeover.examples.orders.model.OrderStatus;
import java.util.List;
import java.util.Optional;

/** What readers ask of the board. Whichever version answers, the answer is the same. */
public interface OrderBoard {

    /** The order, or empty when the board does not have it, perhaps not yet. */
    Optional<OrderBoardEntry> byId(String orderId);

    /**
     * Orders that stand there, newest first.
     *
     * @param limit how many at most, 1 or greater
     */
    List<OrderBoardEntry> byStatus(OrderStatus status, int limit);

    /**
     * All orders, newest first.
     *
     * @param limit how many at most, 1 or greater
     */
    List<OrderBoardEntry> recent(int limit);
}
