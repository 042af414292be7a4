package io.changeover.operation;

import io.changeover.serving.Nodes;
import java.time.Duration;

/** Waits until all nodes that are up route by the latest decision about a view, but no longer than it may. */
final class Acknowledgements {

    private static final Duration LOOK = Duration.ofMillis(5);

    private final Nodes nodes;
    private final Duration longest;

    Acknowledgements(Nodes nodes, Duration longest) {
        this.nodes = nodes;
        this.longest = longest;
    }

    void await(String view) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!nodes.awaited(view).isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return; // the decision stands; who has not acknowledged it is told by the status
            }
        }
    }
}
