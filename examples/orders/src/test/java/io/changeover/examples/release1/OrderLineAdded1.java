package io.changeover.examples.release1;

import io.changeover.event.EventType;

@EventType(name = "order.line-added", revision = 1)
record OrderLineAdded1(
        String orderId,
        String customerId,
        String orderDate,
        int lineNumber,
        String productCode,
        int quantityOrdered,
        double priceEach) {}
