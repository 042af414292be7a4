package io.changeover.backfill;

import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.stream.OrderedStream;
import io.changeover.stream.StoreInventory;
import io.changeover.throttle.Governor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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

    Pipeline pipeline(List<Member> members, Stages stages, BooleanSupplier hurry) {
        return new Pipeline(
                members, partitions(), projections.reader(), workers, options.workers(), governor, hurry, stages);
    }

    /** How many threads can fold into one version at once. */
    int partitions() {
        return Integer.highestOneBit(options.workers());
    }

    /** What the rows of one version may take in memory now, in bytes. */
    long memoryOfEach() {
        return options.memoryBudget() / Math.max(1, building.get());
    }
}
