package io.changeover.publish;

import io.changeover.projection.DaemonThreads;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads a page, and makes its records, while the one before it is on its way. To be used by one thread. */
final class PagesAhead implements AutoCloseable {

    private final LongFunction<TopicBatch> read;
    private final ExecutorService reader;
    private @Nullable Future<TopicBatch> ahead;
    private long aheadOf;

    /** @param read gives what comes after a position */
    PagesAhead(String topic, LongFunction<TopicBatch> read) {
        this.read = read;
        this.reader = Executors.newSingleThreadExecutor(new DaemonThreads("changeover-topic-pages-" + topic));
    }

    /** Begins to read the page after the position. */
    void begin(long after) {
        aheadOf = after;
        ahead = reader.submit(() -> read.apply(after));
    }

    /** The page after the position. */
    TopicBatch after(long position) {
        Future<TopicBatch> begun = ahead;
        ahead = null;
        if (begun == null || aheadOf != position) {
            return read.apply(position);
        }
        try {
            return begun.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
