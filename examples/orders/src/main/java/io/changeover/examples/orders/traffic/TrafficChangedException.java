package io.changeover.examples.orders.traffic;

/** Traffic was begun with another seed than the one that would go on. A retry cannot help. */
public final class TrafficChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TrafficChangedException(long begun, long now) {
        super(
                "Traffic was begun with seed %d but 'orders.traffic.seed' is %d; set it back, or begin with an empty database"
                        .formatted(begun, now));
    }
}
