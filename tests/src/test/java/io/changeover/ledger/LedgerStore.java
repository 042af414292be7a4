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
public final class LedgerStore {

    private final TestDatabase database;
    private final Map<String, AtomicLong> sequences = new ConcurrentHashMap<>();

    /** The store in the database. */
    public LedgerStore(TestDatabase database) {
        this.database = database;
    }

    /** Opens an account. */
    public void opened(String account) {
        append(
                account,
                "account.opened",
                "1",
                "{\"account\":\"%s\",\"owner\":\"owner of %s\"}".formatted(account, account));
    }

    /** Credits it. */
    public void credited(String account, long cents) {
        append(account, "account.credited", "2", "{\"account\":\"%s\",\"cents\":%d}".formatted(account, cents));
    }

    /** Credits it in the first revision. */
    public void creditedAsOfOld(String aggregate, String account, long cents) {
        append(aggregate, "account.credited", "1", "{\"acc\":\"%s\",\"amount\":%d}".formatted(account, cents));
    }

    void marked(String account, String when) {
        append(account, "account.marked", "1", "{\"account\":\"%s\",\"when\":\"%s\"}".formatted(account, when));
    }

    /** Closes it. */
    public void closed(String account) {
        append(account, "account.closed", "1", "{\"account\":\"%s\"}".formatted(account));
    }

    /** Opens accounts {@code a-1} and so on, at one stroke. */
    void openedMany(int accounts) {
        appendMany(
                "'a-' || i",
                "account.opened",
                "1",
                "'{\"account\":\"a-' || i || '\",\"owner\":\"owner of a-' || i || '\"}'",
                accounts);
    }

    /** Credits accounts all over the place, every other one as of old; each credit is of an aggregate of its own. */
    void creditedMany(int accounts, int credits) {
        creditedNow(accounts, (credits + 1) / 2);
        String account = accountOf(accounts);
        appendMany(
                "'old-' || gen_random_uuid()",
                "account.credited",
                "1",
                "'{\"acc\":\"' || %s || '\",\"amount\":' || i || '}'".formatted(account),
                credits / 2);
    }

    /** Credits accounts all over the place in today's revision; each credit is of an aggregate of its own. */
    public void creditedNow(int accounts, int credits) {
        appendMany(
                "'now-' || gen_random_uuid()",
                "account.credited",
                "2",
                "'{\"account\":\"' || %s || '\",\"cents\":' || i || '}'".formatted(accountOf(accounts)),
                credits);
    }

    private static String accountOf(int accounts) {
        return "'a-' || 1 + (i * 7919::bigint) %% %d".formatted(accounts);
    }

    private void appendMany(String aggregate, String name, String revision, String payload, int count) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select %s, 0, 'Account', gen_random_uuid(), '{}', convert_to(%s, 'UTF8'), '%s', '%s', '2026-01-01T00:00:00Z'
                from generate_series(1, %d) i"""
                        .formatted(aggregate, payload, revision, name, count));
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
