package io.changeover.turnstile;

import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Lets visitors pass all the time, whether a node is there or not, and knows how many passes were committed. */
final class Writer implements AutoCloseable {

    private static final int VISITORS = 40;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final String INSERT =
            """
            insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp)
            values (?, ?, 'Turnstile', gen_random_uuid(), ?, ?, '1', 'turnstile.passed', '2026-01-01T00:00:00Z')
            """;

    private final TestDatabase database;
    private final Random random;
    private final AtomicLong committed = new AtomicLong();
    private final Thread thread = new Thread(this::run, "turnstile");
    private volatile boolean closed;

    Writer(TestDatabase database, long seed, int before) {
        this.database = database;
        this.random = new Random(seed);
        pass(before);
        thread.start();
    }

    private void run() {
        while (!closed) {
            pass(1 + random.nextInt(3));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void pass(int times) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < times; i++) {
                long number = committed.get() + i;
                int visitor = random.nextInt(VISITORS);
                statement.setString(1, "turnstile-" + number);
                statement.setLong(2, 0);
                statement.setBytes(3, "{}".getBytes(StandardCharsets.UTF_8));
                statement.setBytes(
                        4,
                        "{\"visitor\":\"v-%d\",\"cents\":%d}"
                                .formatted(visitor, random.nextInt(1_000))
                                .getBytes(StandardCharsets.UTF_8));
                statement.addBatch();
            }
            statement.executeBatch();
            committed.addAndGet(times);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Passes that were committed. */
    long committed() {
        return committed.get();
    }

    /** Waits until so many more have passed. */
    void awaitMore(int passes) {
        long begin = committed();
        TestNode.await(() -> committed() >= begin + passes);
    }

    /** Lets nobody pass any more. */
    void stop() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
