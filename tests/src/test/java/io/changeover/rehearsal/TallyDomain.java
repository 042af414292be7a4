package io.changeover.rehearsal;

import io.changeover.event.EventType;
import io.changeover.testkit.TestDatabase;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.Key;
import io.changeover.view.Serves;
import io.changeover.view.View;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tallies, in a version that serves, one that forgets what is taken away, and one that cannot take a large number. */
public final class TallyDomain {

    private TallyDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "tally.counted")
    record Counted(String tally, long number) {}

    record Sum(@Key String tally, long sum) {}

    /** What readers inject. */
    public interface Tallies {

        /** The sum of the tally, or 0. */
        long sum(String tally);
    }

    record Row(@Key String tally, long sum) {}

    @View(name = "tallies", version = 1)
    static class Right {

        @Fold
        Row on(Counted event) {
            return new Row(event.tally(), event.number());
        }

        @Fold
        Row on(Row row, Counted event) {
            return new Row(row.tally(), row.sum() + event.number());
        }

        @Canonical
        Sum sum(Row row) {
            return new Sum(row.tally(), row.sum());
        }
    }

    @View(name = "tallies", version = 2)
    static class Forgetful {

        @Fold
        Row on(Counted event) {
            return new Row(event.tally(), event.number());
        }

        @Fold
        Row on(Row row, Counted event) {
            return new Row(row.tally(), row.sum() + Math.max(0, event.number()));
        }

        @Canonical
        Sum sum(Row row) {
            return new Sum(row.tally(), row.sum());
        }
    }

    @View(name = "tallies", version = 3)
    static class Overflowing {

        @Fold
        Row on(Counted event) {
            return new Row(event.tally(), event.number());
        }

        @Fold
        Row on(Row row, Counted event) {
            return new Row(row.tally(), Math.addExact(Math.toIntExact(row.sum()), Math.toIntExact(event.number())));
        }

        @Canonical
        Sum sum(Row row) {
            return new Sum(row.tally(), row.sum());
        }
    }

    @Serves(view = "tallies", version = 1)
    static class RightReads implements Tallies {

        private final JdbcTemplate jdbc;

        RightReads(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public long sum(String tally) {
            return find(jdbc, "tallies_v1", tally);
        }
    }

    @Serves(view = "tallies", version = 2)
    static class ForgetfulReads implements Tallies {

        private final JdbcTemplate jdbc;

        ForgetfulReads(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public long sum(String tally) {
            return find(jdbc, "tallies_v2", tally);
        }
    }

    @Serves(view = "tallies", version = 3)
    static class OverflowingReads implements Tallies {

        private final JdbcTemplate jdbc;

        OverflowingReads(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public long sum(String tally) {
            return find(jdbc, "tallies_v3", tally);
        }
    }

    private static long find(JdbcTemplate jdbc, String table, String tally) {
        return jdbc
                .queryForList("select sum from views.%s where tally = ?".formatted(table), Long.class, tally)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Appends 40 tallies with three numbers each, one of which is taken away from every tenth. */
    static void fill(TestDatabase database) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                select 'tally-' || t, n, 'Tally', gen_random_uuid(), '{}', convert_to(
                    '{"tally":"tally-' || t || '","number":' || case when n = 2 and t % 10 = 0 then -5 else n + t end || '}',
                    'UTF8'), '1', 'tally.counted', '2026-01-01T00:00:00Z'
                from generate_series(0, 2) n, generate_series(1, 40) t order by n, t""");
    }

    /** Appends a number to tally-7 that version 3 cannot take. */
    static void overflow(TestDatabase database) {
        database.run(
                """
                insert into public.domain_event_entry (aggregate_identifier, sequence_number, type, event_identifier,
                    meta_data, payload, payload_revision, payload_type, time_stamp)
                values ('tally-7', 3, 'Tally', gen_random_uuid(), '{}', convert_to(
                    '{"tally":"tally-7","number":3000000000}', 'UTF8'), '1', 'tally.counted', '2026-01-01T00:00:00Z')""");
    }
}
