package io.changeover.benchmark.serving.shift;

import io.changeover.benchmark.invoice.InvoiceEntry;
import io.changeover.benchmark.invoice.Keys;
import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.serving.Cohort;
import io.changeover.serving.ReaderContext;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reads the view without a break on behalf of a thousand readers, and keeps who was answered when by which version. */
final class ShiftReaders {

    private static final int READERS = 1_000;
    private static final int ONE_FROM_THE_DATABASE_IN = 20;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final InvoiceBoard board;
    private final Clock clock;
    private final long rows;
    private final long interval;
    private final List<ReadLog> logs = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong failed = new AtomicLong();
    private volatile @Nullable Throwable failure;
    private volatile boolean stopped;

    /**
     * @param rows invoices that are there
     * @param rate reads a second of each thread
     */
    ShiftReaders(InvoiceBoard board, Clock clock, long rows, int rate) {
        this.board = board;
        this.clock = clock;
        this.rows = rows;
        this.interval = SECOND_NANOS / rate;
    }

    void start(int count, long seed) {
        for (int i = 0; i < count; i++) {
            ReadLog log = new ReadLog();
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> read(log, random), "reader-" + i);
            thread.setDaemon(true);
            logs.add(log);
            threads.add(thread);
            thread.start();
        }
    }

    private void read(ReadLog log, Random random) {
        for (long next = System.nanoTime(); !stopped; next = Math.max(next + interval, System.nanoTime())) {
            LockSupport.parkNanos(next - System.nanoTime());
            String reader = "reader-" + random.nextInt(READERS);
            boolean database = random.nextInt(ONE_FROM_THE_DATABASE_IN) == 0;
            String invoiceId = Keys.sequential(1 + Math.floorMod(random.nextLong(), rows));
            long begin = now();
            try {
                int version = ReaderContext.<Integer>call(reader, () -> database ? stored(invoiceId) : inMemory());
                log.add(begin, now(), Cohort.of(InvoiceBoard.VIEW, reader), version);
            } catch (RuntimeException | Error e) {
                failure = e;
                failed.incrementAndGet();
            }
        }
    }

    private int inMemory() {
        int version = board.version();
        if (version != answered()) {
            throw new IllegalStateException("Version %d answered and %d was told".formatted(version, answered()));
        }
        return version;
    }

    private int stored(String invoiceId) {
        Optional<InvoiceEntry> entry = board.byId(invoiceId);
        if (entry.isEmpty() || !entry.get().invoiceId().equals(invoiceId)) {
            throw new IllegalStateException("Invoice '%s' was answered by %s".formatted(invoiceId, entry));
        }
        return answered();
    }

    private static int answered() {
        return ReaderContext.current().orElseThrow().served().get(InvoiceBoard.VIEW);
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }

    /** Stops reading, and writes all that was read to the file. */
    void stop(Path file) throws IOException, InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (ReadLog log : logs) {
                log.writeTo(out);
            }
        }
    }

    long count() {
        return logs.stream().mapToLong(ReadLog::size).sum();
    }

    long failed() {
        return failed.get();
    }

    /** Why the last one that failed did, for the end of a sentence; empty when none has. */
    String failure() {
        return failure == null ? "" : ", the last because of " + failure;
    }
}
