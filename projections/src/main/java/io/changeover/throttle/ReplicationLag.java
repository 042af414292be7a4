package io.changeover.throttle;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far the slowest standby or receiver of the write-ahead log is behind, in bytes or in time, whichever is nearer to its
 * limit. Reading it takes the rights of {@code pg_read_all_stats}; without them it says so and holds nothing up.
 */
public final class ReplicationLag implements ThrottleSignal {

    private static final String BYTES = "bytes";
    private static final String MILLIS = "ms";

    /**
     * A receiver that never applies anything, such as an archive, reports what it has flushed. One without a name is
     * called by its process. Base backups are no followers of the log.
     */
    private static final String QUERY =
            """
            select coalesce(nullif(application_name, ''), pid::text) as name,
                state is null as hidden,
                pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(replay_lsn, flush_lsn, write_lsn))::bigint as bytes,
                extract(epoch from replay_lag) * 1000 as millis,
                current_user as role
            from pg_stat_replication
            where state is null or state in ('catchup', 'streaming')
            """;

    private final JdbcTemplate jdbc;

    private record Follower(String name, boolean hidden, @Nullable Long bytes, double millis, String role) {}

    /** @param jdbc statements on the primary */
    public ReplicationLag(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "replication-lag";
    }

    @Override
    public SignalReading read(ThrottleLimits limits) {
        List<Follower> followers = jdbc.query(
                QUERY,
                (row, number) -> new Follower(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getObject(3, Long.class),
                        row.getDouble(4),
                        row.getString(5)));
        double limit = (double) limits.replicationLag();
        if (followers.isEmpty()) {
            return SignalReading.none(limit, BYTES, "there is no standby");
        }
        Follower first = followers.get(0);
        if (first.hidden()) {
            return SignalReading.none(
                    0,
                    BYTES,
                    "role '%s' may not see how far %d standbys are behind; grant it pg_read_all_stats to have them looked after"
                            .formatted(first.role(), followers.size()));
        }
        List<Follower> reporting =
                followers.stream().filter(each -> each.bytes() != null).toList();
        if (reporting.isEmpty()) {
            return SignalReading.none(
                    limit, BYTES, "none of %d standbys has reported yet how far it is".formatted(followers.size()));
        }
        SignalReading bytes =
                slowest(reporting, each -> each.bytes() == null ? 0 : (double) each.bytes(), limit, BYTES);
        SignalReading millis = slowest(reporting, Follower::millis, Figures.millis(limits.replicationDelay()), MILLIS);
        return millis.load() > bytes.load() ? millis : bytes;
    }

    private static SignalReading slowest(
            List<Follower> followers, ToDoubleFunction<Follower> lag, double limit, String unit) {
        Follower slowest = followers.get(0);
        for (Follower each : followers) {
            slowest = lag.applyAsDouble(each) > lag.applyAsDouble(slowest) ? each : slowest;
        }
        double value = lag.applyAsDouble(slowest);
        return SignalReading.of(
                value,
                limit,
                unit,
                "standby '%s' is %s %s behind".formatted(slowest.name(), Figures.plain(value), unit));
    }
}
