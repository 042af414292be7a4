package io.changeover.seats;

import io.changeover.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** Appends events of shows as any writer of the store could; each answers with its position. */
final class SeatsStore {

    private final TestDatabase database;
    private final AtomicLong aggregates = new AtomicLong();

    SeatsStore(TestDatabase database) {
        this.database = database;
    }

    long reserved(String show, int seat, String guest) {
        return append(
                "seat.reserved", "2", "{\"show\":\"%s\",\"seat\":%d,\"guest\":\"%s\"}".formatted(show, seat, guest));
    }

    long reservedAsOfOld(String show, int seat, String guest) {
        return append(
                "seat.reserved",
                "1",
                "{\"show\":\"%s\",\"no\":%d,\"name\":\"%s\",\"note\":\"%s is late\"}"
                        .formatted(show, seat, guest, guest));
    }

    long paid(String show, int seat, long cents) {
        return append("seat.paid", "3", "{\"show\":\"%s\",\"seat\":%d,\"cents\":%d}".formatted(show, seat, cents));
    }

    long paidAsOfOld(String show, int seat, long cents) {
        return append("seat.paid", "1", "{\"show\":\"%s\",\"no\":%d,\"amount\":%d}".formatted(show, seat, cents));
    }

    long moved(String show, String day) {
        return append("show.moved", "1", "{\"show\":\"%s\",\"day\":\"%s\"}".formatted(show, day));
    }

    long freed(String show, int seat) {
        return append("seat.freed", "1", "{\"show\":\"%s\",\"seat\":%d}".formatted(show, seat));
    }

    long append(String name, String revision, String payload) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        """
                        insert into public.domain_event_entry (aggregate_identifier, sequence_number, type,
                            event_identifier, meta_data, payload, payload_revision, payload_type, time_stamp)
                        values (?, 0, 'Seat', ?, '{}', ?, ?, ?, '2026-01-01T00:00:00Z') returning global_index
                        """)) {
            String aggregate = "seat-" + aggregates.incrementAndGet();
            statement.setString(1, aggregate);
            statement.setString(2, "event-of-" + aggregate);
            statement.setBytes(3, payload.getBytes(StandardCharsets.UTF_8));
            statement.setString(4, revision);
            statement.setString(5, name);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
