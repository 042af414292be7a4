package io.changeover.throttle;

import io.changeover.projection.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How long the pool takes to hand out a connection, measured by taking one and giving it back at once. It knows nothing of
 * the pool, so it works with any. While the pool gives none, the time since it was asked is the measured value.
 */
public final class ConnectionWait implements ThrottleSignal, AutoCloseable {

    private static final String UNIT = "ms";
    /** Less than the governor waits for all signals, so that a wait is a value and not a failure. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final DataSource dataSource;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(new DaemonThreads("changeover-throttle-pool"));
    private @Nullable Future<Long> asked;
    private long askedAt;

    /** @param dataSource the pool that the live side uses */
    public ConnectionWait(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "connection-wait";
    }

    @Override
    public synchronized SignalReading read(ThrottleLimits limits) throws Exception {
        double limit = Figures.millis(limits.connectionWait());
        Future<Long> request = asked;
        if (request == null) {
            askedAt = System.nanoTime();
            request = thread.submit(this::take);
            asked = request;
        }
        try {
            double waited = Figures.millis(request.get(GLANCE.toNanos(), TimeUnit.NANOSECONDS));
            asked = null;
            return SignalReading.of(
                    waited, limit, UNIT, "the pool gave a connection after %s ms".formatted(Figures.plain(waited)));
        } catch (TimeoutException e) {
            double waiting = Figures.millis((double) (System.nanoTime() - askedAt));
            return SignalReading.of(
                    waiting,
                    limit,
                    UNIT,
                    "the pool has given no connection for %s ms".formatted(Figures.plain(waiting)));
        } catch (ExecutionException e) {
            asked = null;
            throw e.getCause() instanceof SQLException failure ? failure : e;
        }
    }

    private long take() throws SQLException {
        long begun = System.nanoTime();
        Connection taken = dataSource.getConnection();
        long waited = System.nanoTime() - begun;
        taken.close();
        return waited;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
