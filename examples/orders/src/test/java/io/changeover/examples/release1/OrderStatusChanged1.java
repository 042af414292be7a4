package io.changeover.examples.release1;

import io.changeover.event.EventType;

@EventType(name = "order.status-changed", revision = 1)
record OrderStatusChanged1(
        String orderId, String customerId, String status, String date, String comments, Double orderTotal) {}
