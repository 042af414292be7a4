package io.changeover.benchmark.parity;

import io.changeover.benchmark.replay.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Appends events at a steady rate, some in each transaction, until it is closed. */
final class SteadyWriter implements AutoCloseable {

    private static final long TRANSACTIONS_A_SECOND = 50;

    private final LongAdder appended = new LongAdder();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean stopped;

    /** @param statement appends about as many events as one of {@link #eventsAtOnce} at this rate */
    SteadyWriter(Database store, String statement) {
        new Thread(() -> write(store, statement), "steady writer").start();
    }

    /** Events of one transaction at that rate of events a second. */
    static int eventsAtOnce(int rate) {
        return (int) Math.max(1, rate / TRANSACTIONS_A_SECOND);
    }

    private void write(Database store, String sql) {
        try (Connection connection = store.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            long due = System.nanoTime();
            while (!stopped) {
                appended.add(statement.executeUpdate());
                due += 1_000_000_000 / TRANSACTIONS_A_SECOND;
                // Behind its time it does not hurry for longer than a moment, so that the rate stays bounded.
                due = Math.max(due, System.nanoTime() - 1_000_000_000);
                while (System.nanoTime() < due && !stopped) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
            end.complete(null);
        } catch (SQLException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** Events appended so far. */
    long appended() {
        return appended.sum();
    }

    /** Ends after the transaction at hand; fails when it has failed. */
    @Override
    public void close() {
        stopped = true;
        end.join();
    }
}
