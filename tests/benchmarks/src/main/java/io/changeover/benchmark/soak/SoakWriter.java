package io.changeover.benchmark.soak;

import io.changeover.benchmark.invoice.Keys;
import io.changeover.benchmark.replay.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * A writer whose transactions overlap with those of others, are rolled back now and then, stay open for a while now and
 * then, and commit in another order than they took their positions. Writes at a bounded rate until it is closed.
 */
final class SoakWriter implements AutoCloseable {

    private static final String INSERT =
            """
            insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                meta_data, payload, payload_revision, payload_type, time_stamp)
            values (?, (select coalesce(max(sequence_number) + 1, 0) from public.domain_event_entry
                where aggregate_identifier = ?), 'Invoice', ?, '{}', ?, ?, ?, '2026-01-01T00:00:00Z')""";

    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final long SLOW_NANOS = 300_000_000;
    private static final int HIGHEST_AMOUNT = 5_000_000;

    private final Database store;
    private final OwnInvoices invoices;
    private final Random random;
    private final long nanosBetween;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile long committed;
    private volatile long rolledBack;

    /** @param rate events a second at most */
    SoakWriter(Database store, OwnInvoices invoices, double rate, long seed) {
        this.store = store;
        this.invoices = invoices;
        this.random = new Random(seed);
        this.nanosBetween = Math.round(SECOND_NANOS / rate);
    }

    SoakWriter start() {
        new Thread(this::write, "soak writer").start();
        return this;
    }

    private void write() {
        try (Connection connection = store.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            long due = System.nanoTime();
            long open = 0;
            while (!stopped) {
                append(insert);
                open++;
                if (random.nextInt(200) == 0) {
                    LockSupport.parkNanos(SLOW_NANOS); // with a position taken that everybody else waits for
                }
                int lot = random.nextInt(30);
                if (lot == 0) {
                    connection.rollback();
                    invoices.rolledBack();
                    rolledBack = rolledBack + open; // this thread alone writes
                    open = 0;
                } else if (lot < 15) {
                    connection.commit();
                    invoices.committed();
                    committed = committed + open;
                    open = 0;
                }
                due = Math.max(due + nanosBetween, System.nanoTime() - SECOND_NANOS / 10);
                while (System.nanoTime() < due && !stopped) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
            connection.commit();
            invoices.committed();
            committed = committed + open;
            end.complete(null);
        } catch (SQLException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void append(PreparedStatement insert) throws SQLException {
        // Keys with the fault are few, so they get more than their share; they are rarely withdrawn, or none would
        // stay.
        OptionalLong faulty = random.nextInt(50) == 0 ? invoices.anyFaulty(random) : OptionalLong.empty();
        OptionalLong number = faulty.isPresent() ? faulty : invoices.any(random);
        OptionalLong strange = random.nextInt(2_000) == 0 ? invoices.issueFaulty() : OptionalLong.empty();
        int lot = random.nextInt(faulty.isPresent() ? 400 : 100);
        if (strange.isPresent()) {
            issue(insert, Keys.sequential(strange.getAsLong()));
        } else if (number.isEmpty() || (faulty.isEmpty() && lot >= 75)) {
            issue(insert, Keys.sequential(invoices.issue()));
        } else if (lot == 0 || (faulty.isEmpty() && lot < 12)) {
            invoices.withdraw(number.getAsLong());
            insert(insert, Keys.sequential(number.getAsLong()), "invoice.withdrawn", "1", "{\"invoiceId\":\"%s\"}");
        } else if (lot < 30) {
            insert(
                    insert,
                    Keys.sequential(number.getAsLong()),
                    "invoice.paid",
                    "1",
                    "{\"invoiceId\":\"%s\",\"paidOn\":\"" + DAY.plusDays(random.nextInt(300)) + "\"}");
        } else {
            amend(insert, Keys.sequential(number.getAsLong()));
        }
    }

    private void issue(PreparedStatement insert, String key) throws SQLException {
        insert(
                insert,
                key,
                "invoice.issued",
                "1",
                "{\"invoiceId\":\"%s\",\"customerId\":\"c-" + random.nextInt(20_000)
                        + "\",\"givenName\":\"Grace\",\"familyName\":\"Grün\",\"issuedOn\":\"" + DAY + "\",\"dueOn\":\""
                        + DAY.plusDays(30) + "\",\"minorUnits\":" + random.nextInt(HIGHEST_AMOUNT)
                        + ",\"currency\":\"EUR\",\"lines\":1,\"note\":null}");
    }

    /** In either revision. */
    private void amend(PreparedStatement insert, String key) throws SQLException {
        int amount = random.nextInt(HIGHEST_AMOUNT);
        if (random.nextBoolean()) {
            insert(insert, key, "invoice.amended", "1", "{\"invoice\":\"%s\",\"cents\":" + amount + "}");
        } else {
            insert(insert, key, "invoice.amended", "2", "{\"invoiceId\":\"%s\",\"minorUnits\":" + amount + "}");
        }
    }

    private static void insert(PreparedStatement insert, String key, String name, String revision, String payload)
            throws SQLException {
        insert.setString(1, key);
        insert.setString(2, key);
        insert.setString(3, UUID.randomUUID().toString());
        insert.setBytes(4, payload.formatted(key).getBytes(StandardCharsets.UTF_8));
        insert.setString(5, revision);
        insert.setString(6, name);
        insert.executeUpdate();
    }

    /** Events that are committed. */
    long committed() {
        return committed;
    }

    /** Events that were rolled back. */
    long rolledBack() {
        return rolledBack;
    }

    /** Whether it has ended, which without being closed it does only with a failure. */
    boolean hasEnded() {
        return end.isDone();
    }

    /** Ends after the event at hand, which is committed; fails when it has failed. */
    @Override
    public void close() {
        stopped = true;
        end.join();
    }
}
