package io.changeover.comparison;

import io.changeover.view.VersionId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A comparison on its thread of this node. */
final class Run {

    private final UUID id;
    private final UUID claim;
    private final VersionId left;
    private final VersionId right;
    private volatile boolean stopped;
    private @Nullable Thread worker;

    Run(UUID id, UUID claim, VersionId left, VersionId right) {
        this.id = id;
        this.claim = claim;
        this.left = left;
        this.right = right;
    }

    UUID id() {
        return id;
    }

    UUID claim() {
        return claim;
    }

    VersionId left() {
        return left;
    }

    VersionId right() {
        return right;
    }

    synchronized void begin() {
        worker = Thread.currentThread();
    }

    /** From here on an interruption would hit the thread's next work. */
    synchronized void end() {
        worker = null;
        var unused = Thread.interrupted();
    }

    /** Ends the work as soon as possible, also in the middle of a range, of which nothing is committed then. */
    synchronized void stop() {
        stopped = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    void check() {
        if (stopped) {
            throw new ComparisonStoppedException();
        }
    }
}
