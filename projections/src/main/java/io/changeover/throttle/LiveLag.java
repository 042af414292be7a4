package io.changeover.throttle;

import io.changeover.projection.Projections;
import io.changeover.stream.EventTable;
import io.changeover.view.VersionId;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many events the slowest of the versions that are live on this node is behind the end of the store. */
public final class LiveLag implements ThrottleSignal {

    private static final String UNIT = "events";

    private final Supplier<List<VersionId>> live;
    private final JdbcTemplate jdbc;
    private final String query;

    /** The lag of the node's live versions, by their tokens in the table. */
    public LiveLag(Projections projections, JdbcTemplate jdbc, EventTable table) {
        this(projections::live, jdbc, table);
    }

    LiveLag(Supplier<List<VersionId>> live, JdbcTemplate jdbc, EventTable table) {
        this.live = live;
        this.jdbc = jdbc;
        // The tokens are read first: what is appended in between must not make a version look ahead of the store.
        this.query =
                """
                with slowest as materialized (
                    select processor_name as version,
                        min(coalesce((convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint, 0)) as position
                    from %s where processor_name = any (?) group by processor_name)
                select version, (select coalesce(max(%s), 0) from %s) - position as lag
                from slowest order by lag desc, version limit 1
                """
                        .formatted(table.tokens(), table.columns().position(), table.events());
    }

    @Override
    public String name() {
        return "live-lag";
    }

    @Override
    public SignalReading read(ThrottleLimits limits) {
        String[] versions = live.get().stream().map(VersionId::toString).toArray(String[]::new);
        double limit = (double) limits.liveLag();
        SignalReading none = SignalReading.none(limit, UNIT, "no version is live on this node");
        if (versions.length == 0) {
            return none;
        }
        return jdbc
                .query(
                        query,
                        (row, number) -> SignalReading.of(
                                (double) row.getLong(2),
                                limit,
                                UNIT,
                                "%s is %,d events behind".formatted(row.getString(1), row.getLong(2))),
                        (Object) versions)
                .stream()
                .findFirst()
                .orElse(none);
    }
}
