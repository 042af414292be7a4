package io.changeover.seats;

import io.changeover.catalog.EventDomain;
import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.upcast.EventStep;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.ForeignView;
import io.changeover.view.Key;
import io.changeover.view.View;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.node.StringNode;

/** Seats of shows in two versions of one view, and in one that lies about its canonical form in SQL. */
final class SeatsDomain {

    /** Guests whose payments version 2 counts wrongly, as a fold with a defect would. */
    static final Set<String> WRONG = ConcurrentHashMap.newKeySet();

    /** Shows for whose payments version 2 throws. */
    static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    private SeatsDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {

        @Bean
        EventDomain seats() {
            return new Seats();
        }
    }

    private static final class Seats implements EventDomain {

        @Override
        public String name() {
            return "seats";
        }

        @Override
        public String owner() {
            return "the test";
        }

        @Override
        public List<Class<?>> events() {
            return List.of(Reserved.class, Paid.class, Moved.class, Freed.class);
        }

        @Override
        public List<EventStep> steps() {
            return List.of(
                    EventStep.from("seat.reserved", 1).to(2, payload -> payload.rename("name", "guest")
                            .rename("no", "seat")
                            .remove("note", StringNode.valueOf(""), "what was noted")),
                    EventStep.from("seat.paid", 1).to(2, payload -> payload.rename("no", "seat")),
                    EventStep.from("seat.paid", 2).to(3, payload -> payload.rename("amount", "cents")));
        }
    }

    @EventType(name = "seat.reserved", revision = 2)
    record Reserved(String show, int seat, @Sensitive String guest) {}

    @EventType(name = "seat.paid", revision = 3)
    record Paid(String show, int seat, long cents) {}

    @EventType(name = "show.moved")
    record Moved(String show, String day) {}

    @EventType(name = "seat.freed")
    record Freed(String show, int seat) {}

    record Entry(@Key String show, @Key int seat, @Sensitive String guest, long cents, String day) {}

    @View(name = "seat-plan", version = 1)
    static class SeatPlanV1 {

        record Row(@Key String show, @Key int seat, @Sensitive String guest, long cents, String day) {}

        @Fold
        Row on(Reserved event) {
            return new Row(event.show(), event.seat(), event.guest(), 0, "not set");
        }

        @Fold
        Row on(Row row, Paid event) {
            return new Row(row.show(), row.seat(), row.guest(), row.cents() + event.cents(), row.day());
        }

        @Fold
        Row on(Row row, Moved event) {
            return new Row(row.show(), row.seat(), row.guest(), row.cents(), event.day());
        }

        @Fold
        @Nullable
        Row on(Row row, Freed event) {
            return null;
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.show(), row.seat(), row.guest(), row.cents(), row.day());
        }
    }

    @View(name = "seat-plan", version = 2)
    static class SeatPlanV2 {

        record Row(@Key String show, @Key int seat, @Sensitive String person, List<Long> payments, String day) {

            long sum() {
                return payments.stream().mapToLong(Long::longValue).sum();
            }
        }

        @Fold
        Row on(Reserved event) {
            // Somebody has meant well here: the other version says "not set".
            return new Row(event.show(), event.seat(), event.guest(), List.of(), "");
        }

        @Fold
        Row on(Row row, Paid event) {
            if (BROKEN.contains(event.show())) {
                throw new IllegalStateException("show " + event.show() + " is broken");
            }
            List<Long> payments = new java.util.ArrayList<>(row.payments());
            payments.add(WRONG.contains(row.person()) ? event.cents() + 1 : event.cents());
            return new Row(row.show(), row.seat(), row.person(), payments, row.day());
        }

        @Fold
        Row on(Row row, Moved event) {
            return new Row(row.show(), row.seat(), row.person(), row.payments(), event.day());
        }

        @Fold
        @Nullable
        Row on(Row row, Freed event) {
            return null;
        }

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.show(), row.seat(), row.person(), row.sum(), row.day());
        }
    }

    /** A list that another program keeps. */
    @ForeignView(
            name = "seat-plan",
            version = 3,
            query = "select show, seat, guest, cents, day from seat_list",
            position = "select 1000000::bigint")
    static class SeatList {

        record Row(@Key String show, @Key int seat, @Sensitive String guest, long cents, String day) {}

        @Canonical
        Entry entry(Row row) {
            return new Entry(row.show(), row.seat(), row.guest(), row.cents(), row.day());
        }
    }

    record Count(@Key String show, int seats) {}

    @View(name = "seat-count", version = 1)
    static class SeatCountV1 {

        record Row(@Key String show, int seats) {}

        @Fold
        Row on(@Nullable Row row, Reserved event) {
            return new Row(event.show(), row == null ? 1 : row.seats() + 1);
        }

        @Canonical
        @CanonicalSql("seats = case when seats = 3 then 4 when seats = 5 then null else seats end")
        Count count(Row row) {
            return new Count(row.show(), row.seats());
        }
    }
}
