package io.changeover.backfill;

import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionState.Stage;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.throttle.Governor;
import io.changeover.view.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * What all backfills of a node share.
 *
 * @param workers threads that parse and fold
 * @param writers threads that write, one for each reading of the store
 * @param elsewhere takes versions that are to be built by another pass
 * @param shares how versions are divided among nodes
 * @param building number of versions that are being built, among which the memory is divided
 */
record Engine(
        Projections projections,
        OrderedStream stream,
        StoreInventory inventory,
        ProjectionStore store,
        VersionStates states,
        BackfillOptions options,
        Governor governor,
        ThreadPoolExecutor workers,
        ExecutorService writers,
        Consumer<List<Member>> elsewhere,
        Shares shares,
        AtomicInteger building) {

    /** Between two looks at whether another node has left a claim. */
    static final Duration CLAIM_PAUSE = Duration.ofMillis(250);

    private static final Duration OTHERS_LEAVE = Duration.ofSeconds(15);

    Pipeline pipeline(List<Member> members, Stages stages, BooleanSupplier hurry) {
        return new Pipeline(
                members, partitions(), projections.reader(), workers, options.workers(), governor, hurry, stages);
    }

    /** How many threads can fold into one version at once. */
    int partitions() {
        return Integer.highestOneBit(options.workers());
    }

    /**
     * Cancels the version, and removes what was built of it once all nodes have left it. Where that is cut off, it is removed
     * before the version is built again.
     *
     * @return false when it is built, or was never begun, and nothing is changed
     * @throws UnableToClaimTokenException when one has not within the time that a heartbeat or a lapsed claim takes
     */
    boolean cancel(VersionId version) {
        if (!states.stop(version, Stage.CANCELLED)) {
            return false;
        }
        long until = System.nanoTime() + OTHERS_LEAVE.toNanos();
        while (true) {
            try {
                discardCancelled(version);
                return true;
            } catch (UnableToClaimTokenException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                LockSupport.parkNanos(CLAIM_PAUSE.toNanos());
            }
        }
    }

    /** Removes what was built, unless the version has been begun again since it was cancelled. */
    void discardCancelled(VersionId version) {
        store.transactions().executeWithoutResult(transaction -> {
            if (states.hold(version, Stage.CANCELLED)) {
                projections.discard(version);
            }
        });
    }

    /** What the rows of one version may take in memory now, in bytes. */
    long memoryOfEach() {
        return options.memoryBudget() / Math.max(1, building.get());
    }
}
