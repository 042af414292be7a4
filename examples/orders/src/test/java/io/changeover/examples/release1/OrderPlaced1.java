package io.changeover.examples.release1;

import io.changeover.event.EventType;

@EventType(name = "order.placed", revision = 1)
record OrderPlaced1(
        String orderId,
        String customerId,
        String customerName,
        String contact,
        String orderDate,
        String requiredDate,
        String comments) {}
