package io.changeover.ledger;

import io.changeover.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Appends events of the ledger as any writer of the store could, in any revision, readable or not. */
final class LedgerStore {

    private final TestDatabase database;
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();

    LedgerStore(TestDatabase database) {
        this.database = database;
    }

    void opened(String account) {
        append(
                account,
                "account.opened",
                "1",
                "{\"account\":\"%s\",\"owner\":\"owner of %s\"}".formatted(account, account));
    }

    void credited(String account, long cents) {
        append(account, "account.credited", "2", "{\"account\":\"%s\",\"cents\":%d}".formatted(account, cents));
    }

    void creditedAsOfOld(String aggregate, String account, long cents) {
        append(aggregate, "account.credited", "1", "{\"acc\":\"%s\",\"amount\":%d}".formatted(account, cents));
    }

    void marked(String account, String when) {
        append(account, "account.marked", "1", "{\"account\":\"%s\",\"when\":\"%s\"}".formatted(account, when));
    }

    void closed(String account) {
        append(account, "account.closed", "1", "{\"account\":\"%s\"}".formatted(account));
    }

    void append(String aggregate, String name, String revision, String payload) {
        try (Connection connection = database.dataSource().getConnection()) {
            append(connection, aggregate, name, revision, payload);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void append(Connection connection, String aggregate, String name, String revision, String payload)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values (?, ?, 'Account', ?, ?, ?, ?, ?, '2026-01-01T00:00:00Z')
                """)) {
            statement.setString(1, aggregate);
            statement.setLong(
                    2,
                    sequences
                            .computeIfAbsent(aggregate, key -> new AtomicLong())
                            .getAndIncrement());
            statement.setString(3, UUID.randomUUID().toString());
            statement.setBytes(4, "{}".getBytes(StandardCharsets.UTF_8));
            statement.setBytes(5, payload.getBytes(StandardCharsets.UTF_8));
            statement.setString(6, revision);
            statement.setString(7, name);
            statement.executeUpdate();
        }
    }
}
