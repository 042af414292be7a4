package io.changeover.shadow;

import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Parcels in two versions of one view, whose reads can be made wrong. */
final class ParcelDomain {

    /** What version 2 does before it answers. */
    static volatile Runnable before = () -> {};

    /** What version 2 makes of a parcel. */
    static volatile UnaryOperator<Parcel> lie = parcel -> parcel;

    /** Whether version 2 has lists the wrong way round. */
    static volatile boolean backwards;

    /** Whether version 1 answers something else each time. */
    static volatile boolean fickle;

    /** Counted down when version 2 is asked by a call that hangs. */
    static volatile CountDownLatch hanging = new CountDownLatch(1);

    private static final AtomicLong COUNT = new AtomicLong();

    private ParcelDomain() {}

    static void reset() {
        before = () -> {};
        lie = parcel -> parcel;
        backwards = false;
        fickle = false;
        hanging = new CountDownLatch(1);
    }

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "parcel.booked")
    record Booked(String parcel, String owner, long cents) {}

    @EventType(name = "parcel.charged")
    record Charged(String parcel, long cents) {}

    record Parcel(@Key String parcel, @Sensitive String owner, long cents) {}

    @View(name = "parcels", version = 1)
    static class ParcelsV1 {

        record Row(@Key String parcel, @Sensitive String owner, long cents) {}

        @Fold
        Row on(Booked event) {
            return new Row(event.parcel(), event.owner(), event.cents());
        }

        @Fold
        Row on(Row row, Charged event) {
            return new Row(row.parcel(), row.owner(), row.cents() + event.cents());
        }

        @Canonical
        Parcel parcel(Row row) {
            return new Parcel(row.parcel(), row.owner(), row.cents());
        }
    }

    @View(name = "parcels", version = 2)
    static class ParcelsV2 {

        record Row(@Key String parcel, @Sensitive String owner, long base, long charges) {}

        @Fold
        Row on(Booked event) {
            return new Row(event.parcel(), event.owner(), event.cents(), 0);
        }

        @Fold
        Row on(Row row, Charged event) {
            return new Row(row.parcel(), row.owner(), row.base(), row.charges() + event.cents());
        }

        @Canonical
        Parcel parcel(Row row) {
            return new Parcel(row.parcel(), row.owner(), row.base() + row.charges());
        }
    }

    /** What readers ask. */
    interface Parcels {

        Optional<Parcel> byId(String parcel);

        List<Parcel> dearest(int limit);

        long sum();

        Stream<String> ids();
    }

    @Serves(view = "parcels", version = 1)
    static class V1Reads implements Parcels {

        private final JdbcTemplate jdbc;

        V1Reads(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public Optional<Parcel> byId(String parcel) {
            return parcels("where parcel = ?", parcel).stream().findFirst();
        }

        @Override
        public List<Parcel> dearest(int limit) {
            return parcels("order by cents desc, parcel limit ?", limit);
        }

        @Override
        public long sum() {
            return jdbc.queryForObject("select coalesce(sum(cents), 0) from views.parcels_v1", Long.class);
        }

        @Override
        public Stream<String> ids() {
            return parcels("order by parcel").stream().map(Parcel::parcel);
        }

        private List<Parcel> parcels(String how, Object... parameters) {
            return jdbc.query(
                    "select * from views.parcels_v1 " + how,
                    (row, number) -> new Parcel(
                            row.getString("parcel"),
                            row.getString("owner"),
                            row.getLong("cents") + (fickle ? COUNT.incrementAndGet() : 0)),
                    parameters);
        }
    }

    @Serves(view = "parcels", version = 2)
    static class V2Reads implements Parcels {

        private final JdbcTemplate jdbc;

        V2Reads(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public Optional<Parcel> byId(String parcel) {
            return parcels("where parcel = ?", parcel).stream().findFirst();
        }

        @Override
        public List<Parcel> dearest(int limit) {
            List<Parcel> all = new ArrayList<>(parcels("order by base + charges desc, parcel limit ?", limit));
            if (backwards) {
                Collections.reverse(all);
            }
            return all;
        }

        @Override
        public long sum() {
            before.run();
            return jdbc.queryForObject("select coalesce(sum(base + charges), 0) from views.parcels_v2", Long.class);
        }

        @Override
        public Stream<String> ids() {
            return parcels("order by parcel").stream().map(Parcel::parcel);
        }

        private List<Parcel> parcels(String how, Object... parameters) {
            before.run();
            return jdbc
                    .query(
                            "select * from views.parcels_v2 " + how,
                            (row, number) -> new Parcel(
                                    row.getString("parcel"),
                                    row.getString("owner"),
                                    row.getLong("base") + row.getLong("charges")),
                            parameters)
                    .stream()
                    .map(lie)
                    .toList();
        }
    }
}
