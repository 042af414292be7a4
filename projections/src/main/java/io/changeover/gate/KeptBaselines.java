package io.changeover.gate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcOperations;

/** Baselines in the database; the first node that asks sets one, and the others go by it. */
final class KeptBaselines implements Baselines {

    private final JdbcOperations jdbc;

    KeptBaselines(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Counted of(String changeover, Instant since, String measure, Counted now) {
        jdbc.update(
                """
                insert into changeover.gate_baseline (changeover_id, since, measure, calls, bad) values (?, ?, ?, ?, ?)
                on conflict do nothing
                """,
                changeover,
                at(since),
                measure,
                now.calls(),
                now.bad());
        return Objects.requireNonNull(jdbc.queryForObject(
                "select calls, bad from changeover.gate_baseline where changeover_id = ? and since = ? and measure = ?",
                (row, number) -> new Counted(row.getLong(1), row.getLong(2)),
                changeover,
                at(since),
                measure));
    }

    @Override
    public void renew(String changeover, Instant since, String measure, Counted now) {
        jdbc.update(
                """
                insert into changeover.gate_baseline (changeover_id, since, measure, calls, bad) values (?, ?, ?, ?, ?)
                on conflict (changeover_id, since, measure) do update
                set calls = excluded.calls, bad = excluded.bad, kept_at = clock_timestamp()
                where (gate_baseline.calls, gate_baseline.bad) <> (excluded.calls, excluded.bad)
                """,
                changeover,
                at(since),
                measure,
                now.calls(),
                now.bad());
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
