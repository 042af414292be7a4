package io.changeover.legacy.savings;

import io.changeover.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Appends events of savings accounts as any writer of the store could, in any revision, readable or not. */
public final class SavingsStore {

    private final TestDatabase database;
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();

    public SavingsStore(TestDatabase database) {
        this.database = database;
    }

    public void opened(String account) {
        opened(account, "owner of " + account);
    }

    public void opened(String account, String owner) {
        append(account, "savings.opened", "1", "{\"account\":\"%s\",\"owner\":\"%s\"}".formatted(account, owner));
    }

    public void deposited(String account, long cents) {
        append(account, "savings.deposited", "2", "{\"account\":\"%s\",\"cents\":%d}".formatted(account, cents));
    }

    public void depositedAsOfOld(String account, long cents) {
        append(account, "savings.deposited", "1", "{\"acc\":\"%s\",\"amount\":%d}".formatted(account, cents));
    }

    public void thanked(String account) {
        append(account, "savings.thanked", "1", "{\"account\":\"%s\"}".formatted(account));
    }

    public void closed(String account) {
        append(account, "savings.closed", "1", "{\"account\":\"%s\"}".formatted(account));
    }

    public void append(String aggregate, String name, String revision, String payload) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        insert into public.domain_event_entry (aggregate_identifier, sequence_number, type,
                            event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp)
                        values (?, ?, 'Savings', ?, ?, ?, ?, ?, '2026-01-01T00:00:00Z')
                        """)) {
            statement.setString(1, aggregate);
            statement.setLong(
                    2,
                    sequences
                            .computeIfAbsent(aggregate, key -> new AtomicLong())
                            .getAndIncrement());
            statement.setString(3, UUID.randomUUID().toString());
            statement.setBytes(4, "{\"teller\":\"t-7\"}".getBytes(StandardCharsets.UTF_8));
            statement.setBytes(5, payload.getBytes(StandardCharsets.UTF_8));
            statement.setString(6, revision);
            statement.setString(7, name);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
