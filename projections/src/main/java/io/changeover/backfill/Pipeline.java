package io.changeover.backfill;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HistoryFolding.Batch;
import io.changeover.projection.ReadEvent;
import io.changeover.throttle.Governor;
import io.changeover.upcast.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses chunks of history on several threads in any order, and folds them in their own order into each partition of each
 * version. Whoever has parsed a chunk folds what has become possible by it, so no thread waits for another.
 *
 * <p>{@link #submit} and {@link #drain} are for one thread, the one that reads.
 */
final class Pipeline {

    private static final int IN_FLIGHT_FOR_EACH_WORKER = 4;

    private static final Duration LOOK = Duration.ofMillis(200);

    /** Ends a rest. */
    private static final class Hurry extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Hurry() {
            super("somebody wants the backfill to stop", null, false, false);
        }
    }

    private static final class Chunk {

        private final long index;
        private final List<StoredEvent> events;
        private final AtomicInteger lanesLeft;
        private volatile @Nullable List<Batch> batches;

        private Chunk(long index, List<StoredEvent> events, int lanes) {
            this.index = index;
            this.events = events;
            this.lanesLeft = new AtomicInteger(lanes);
        }
    }

    /** One partition of one version. */
    private static final class Lane {

        private final int member;
        private final int partition;
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicLong next = new AtomicLong();

        private Lane(int member, int partition) {
            this.member = member;
            this.partition = partition;
        }
    }

    private final List<Member> members;
    private final EventReader reader;
    private final ThreadPoolExecutor threads;
    private final Governor governor;
    private final BooleanSupplier hurry;
    private final int workers;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicReferenceArray<@Nullable Chunk> ring;
    private final int mask;
    private final AtomicLong parseNanos;
    private final AtomicLong foldNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private int unfolded;
    private int working;
    private @Nullable Throwable failure;
    private long submitted;
    private final AtomicLong folded = new AtomicLong();

    Pipeline(
            List<Member> members,
            int partitions,
            EventReader reader,
            ThreadPoolExecutor threads,
            int workers,
            Governor governor,
            BooleanSupplier hurry,
            Stages stages) {
        this.members = members;
        this.reader = reader;
        this.threads = threads;
        this.workers = workers;
        this.governor = governor;
        this.hurry = hurry;
        this.parseNanos = stages.parse();
        this.foldNanos = stages.fold();
        int capacity = Integer.highestOneBit(Math.max(2, IN_FLIGHT_FOR_EACH_WORKER * workers) * 2 - 1);
        this.ring = new AtomicReferenceArray<>(capacity);
        this.mask = capacity - 1;
        for (int member = 0; member < members.size(); member++) {
            for (int partition = 0; partition < partitions; partition++) {
                lanes.add(new Lane(member, partition));
            }
        }
    }

    /**
     * Hands a chunk over; waits while as many are in flight as there may be.
     *
     * @param patience how long to wait
     * @return false when there was no room for so long, and the chunk has not been taken
     * @throws BackfillFailedException when a chunk before this one could not be worked on
     */
    boolean submit(List<StoredEvent> events, long patience, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(patience);
        lock.lockInterruptibly();
        try {
            throwFailure();
            while (unfolded >= ring.length() || working >= limit()) {
                if (left <= 0) {
                    return false;
                }
                left = room.awaitNanos(left);
                throwFailure();
            }
            unfolded++;
            working++;
        } finally {
            lock.unlock();
        }
        Chunk chunk = new Chunk(submitted++, events, lanes.size());
        ring.set((int) (chunk.index & mask), chunk);
        threads.execute(() -> work(chunk));
        return true;
    }

    /** Events that are folded. */
    long folded() {
        return folded.get();
    }

    private int limit() {
        int allowed = governor.workers();
        return allowed >= workers ? ring.length() : allowed;
    }

    /** Waits until everything that was submitted is folded. */
    void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            throwFailure();
            while (unfolded > 0) {
                room.await();
                throwFailure();
            }
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() {
        if (failure != null) {
            throw new BackfillFailedException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private void work(Chunk chunk) {
        try {
            rest(0, 0); // so that the thread counts as busy from here on
            long start = System.nanoTime();
            prepare(chunk);
            long parsed = System.nanoTime();
            parseNanos.addAndGet(parsed - start);
            lanes.forEach(this::advance);
            long folded = System.nanoTime();
            foldNanos.addAndGet(folded - parsed);
            rest(folded - start, chunk.events.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (Throwable e) { // whatever it is, the reading thread must not wait for ever
            fail(e);
        } finally {
            if (threads.getQueue().isEmpty()) {
                governor.idle();
            }
            lock.lock();
            try {
                working--;
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A stop may last for hours, but not for somebody who wants the backfill itself to stop. */
    private void rest(long busyNanos, int events) throws InterruptedException {
        try {
            governor.pace(busyNanos, events, LOOK, this::hurry);
        } catch (Hurry e) {
            return; // what is under way is finished without rest
        }
    }

    private void hurry() {
        if (hurry.getAsBoolean()) {
            throw new Hurry();
        }
    }

    private void prepare(Chunk chunk) {
        List<ReadEvent> read = new ArrayList<>(chunk.events.size());
        for (StoredEvent event : chunk.events) {
            read.add(ReadEvent.of(event, reader));
        }
        List<Batch> batches = new ArrayList<>(members.size());
        for (Member member : members) {
            batches.add(member.folding().prepare(read, member.wanted()));
        }
        chunk.batches = batches;
    }

    private void advance(Lane lane) {
        do {
            if (!lane.busy.compareAndSet(false, true)) {
                return; // whoever has the lane looks once more before he leaves
            }
            try {
                Chunk chunk = next(lane);
                while (chunk != null) {
                    fold(lane, chunk);
                    lane.next.incrementAndGet();
                    finish(chunk);
                    chunk = next(lane);
                }
            } finally {
                lane.busy.set(false);
            }
        } while (next(lane) != null);
    }

    private @Nullable Chunk next(Lane lane) {
        long index = lane.next.get();
        Chunk chunk = ring.get((int) (index & mask));
        return chunk != null && chunk.index == index && chunk.batches != null ? chunk : null;
    }

    private void fold(Lane lane, Chunk chunk) {
        List<Batch> batches = chunk.batches;
        if (batches != null) {
            members.get(lane.member).folding().fold(batches.get(lane.member), lane.partition);
        }
    }

    private void finish(Chunk chunk) {
        if (chunk.lanesLeft.decrementAndGet() > 0) {
            return;
        }
        List<Batch> batches = chunk.batches;
        if (batches != null) {
            for (int i = 0; i < batches.size(); i++) {
                members.get(i).folded(batches.get(i).events());
            }
        }
        ring.compareAndSet((int) (chunk.index & mask), chunk, null);
        lock.lock();
        try {
            unfolded--;
            folded.addAndGet(chunk.events.size());
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable e) {
        lock.lock();
        try {
            if (failure == null) {
                failure = e;
            }
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
