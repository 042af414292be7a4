package io.changeover.benchmark.serving.read;

import io.changeover.benchmark.invoice.InvoiceEntry;
import io.changeover.benchmark.invoice.Keys;
import io.changeover.serving.ReaderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read invoices, each at a rate that does not depend on the answers. A call that takes longer than the time
 * to the next one stands for those that would have been made meanwhile: they are left out, and the histogram is told
 * how often a call was to be made.
 */
public final class SteadyReaders implements AutoCloseable {

    private static final int READERS = 10_000;
    private static final int DIGITS = 3;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final InvoiceBoard board;
    private final long rows;
    private final long interval;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private volatile Histogram window = newWindow();
    private volatile @Nullable Throwable failure;
    private volatile boolean stopped;

    /**
     * @param rows invoices that are there
     * @param rate reads a second of all threads together
     */
    public SteadyReaders(InvoiceBoard board, long rows, int threads, int rate, long seed) {
        this.board = board;
        this.rows = rows;
        this.interval = SECOND_NANOS * threads / rate;
        for (int i = 0; i < threads; i++) {
            Random random = new Random(seed + i);
            long offset = interval * i / threads;
            Thread thread = new Thread(() -> read(random, offset), "steady-reader-" + i);
            thread.setDaemon(true);
            this.threads.add(thread);
            thread.start();
        }
    }

    private static Histogram newWindow() {
        return new ConcurrentHistogram(DIGITS);
    }

    private void read(Random random, long offset) {
        long next = System.nanoTime() + offset;
        while (!stopped) {
            for (long now = System.nanoTime(); now < next && !stopped; now = System.nanoTime()) {
                LockSupport.parkNanos(next - now);
            }
            String reader = "reader-" + random.nextInt(READERS);
            String invoiceId = Keys.sequential(1 + Math.floorMod(random.nextLong(), rows));
            Histogram current = window;
            long begin = System.nanoTime();
            try {
                Optional<InvoiceEntry> entry = ReaderContext.call(reader, () -> board.byId(invoiceId));
                long end = System.nanoTime();
                current.recordValueWithExpectedInterval(end - begin, interval);
                if (entry.isEmpty() || !entry.get().invoiceId().equals(invoiceId)) {
                    throw new IllegalStateException("Invoice '%s' was answered by %s".formatted(invoiceId, entry));
                }
            } catch (RuntimeException | Error e) {
                failure = e;
                failed.incrementAndGet();
            }
            next += interval * Math.max(1, 1 + (System.nanoTime() - next) / interval);
        }
    }

    /** Begins a new window, and gives the one that has been filled up to now. */
    public Histogram next() {
        Histogram filled = window;
        window = newWindow();
        return filled;
    }

    public long failed() {
        return failed.get();
    }

    /** Why the last one that failed did, for the end of a sentence; empty when none has. */
    public String failure() {
        return failure == null ? "" : ", the last because of " + failure;
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while readers ended", e);
            }
        }
    }
}
