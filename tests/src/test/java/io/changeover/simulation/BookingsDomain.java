package io.changeover.simulation;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Indexed;
import io.changeover.view.Key;
import io.changeover.view.View;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Bookings of guests, in versions of which each shows the number of its rows in another way. */
public final class BookingsDomain {

    private BookingsDomain() {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "booking.made")
    record Made(String booking, String guest, String room) {}

    @EventType(name = "booking.paid")
    record Paid(String booking, long cents) {}

    @EventType(name = "weather.seen")
    record Seen(String what) {}

    record Entry(@Key String booking, String guest, long cents) {}

    /** Has the key of version 2. */
    @View(name = "bookings", version = 1)
    static class BookingsV1 {

        record Row(@Key String booking, String guest, long cents) {}

        @Fold
        Row on(Made event) {
            return new Row(event.booking(), event.guest(), 0);
        }

        @Fold
        Row on(Row row, Paid event) {
            return new Row(row.booking(), row.guest(), row.cents() + event.cents());
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.booking(), row.guest(), row.cents());
        }
    }

    @View(name = "bookings", version = 2)
    static class BookingsV2 {

        record Row(@Key String booking, @Indexed String guest, long cents, String room) {}

        @Fold
        Row on(Made event) {
            return new Row(event.booking(), event.guest(), 0, event.room());
        }

        @Fold
        Row on(Row row, Paid event) {
            return new Row(row.booking(), row.guest(), row.cents() + event.cents(), row.room());
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.booking(), row.guest(), row.cents());
        }
    }

    /** Has a row for each guest, which any booking may make. */
    @View(name = "bookings", version = 3)
    static class BookingsV3 {

        record Row(@Key String guest, int bookings) {}

        @Fold(key = "guest")
        Row on(@Nullable Row row, Made event) {
            return new Row(event.guest(), row == null ? 1 : row.bookings() + 1);
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.guest(), row.guest(), row.bookings());
        }
    }

    /** Has its rows under another name of the key, so that nothing but its events tells how many there will be. */
    @View(name = "bookings", version = 4)
    static class BookingsV4 {

        record Row(@Key String number, String room) {}

        @Fold(key = "booking")
        Row on(Made event) {
            return new Row(event.booking(), event.room());
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.number(), row.room(), 0);
        }
    }
}
