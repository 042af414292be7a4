package io.changeover.reconcile;

/**
 * Is told when two versions drift apart further than they may, and when they are back. Called after the commit, on the
 * thread of the node that found it, once for each change. Not guaranteed: a node that is killed between commit and call
 * tells nobody; {@code changeover.parity.alert} and the status stay true all the same. What it throws is logged and
 * changes nothing.
 */
public interface DriftListener {

    /** More rows differ than may. */
    void exceeded(Drift drift);

    /** No more rows differ than may. */
    default void recovered(Drift drift) {}
}
